"""The user guide in the program: complete, offline, and with a message where its file is missing."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ui.dialogs.base import Dialog
from ui.dialogs.user_guide import GUIDE, GuidePages, make_user_guide

LINKS = re.findall(r"\[[^]]+\]\(([^)]+)\)", GUIDE.read_text(encoding="utf-8"))


@pytest.fixture
def guide(qtbot: QtBot) -> Dialog:
    guide = make_user_guide(None)
    qtbot.addWidget(guide)
    guide.show()
    return guide


@pytest.fixture
def pages(guide: Dialog) -> GuidePages:
    pages = guide.findChild(GuidePages)
    assert isinstance(pages, GuidePages)
    return pages


def first_line(pages: GuidePages) -> str:
    """What stands at the top of what is seen."""
    return pages.cursorForPosition(pages.viewport().rect().topLeft()).block().text()


def test_all_of_it_is_shown_with_its_pictures(pages: GuidePages) -> None:
    words = pages.toPlainText()
    assert words.startswith("User guide")
    assert "lists what this computer has" in words, "the last line"
    pictures = re.findall(r'<img src="([^"]+)"', GUIDE.read_text(encoding="utf-8"))
    assert len(pictures) == words.count("\N{OBJECT REPLACEMENT CHARACTER}") > 5
    image = QTextDocument.ResourceType.ImageResource.value
    assert all(pages.loadResource(image, QUrl(name)) is not None for name in pictures)


@pytest.mark.parametrize("link", [link for link in LINKS if link.startswith("#")])
def test_its_contents_lead_to_their_headings(pages: GuidePages, link: str) -> None:
    pages.anchorClicked.emit(QUrl(link))
    heading = pages.textCursor().block()
    assert heading.blockFormat().headingLevel() == 2
    assert heading.text().lower().replace(" ", "-") == link[1:]
    at_the_end = pages.verticalScrollBar().value() == pages.verticalScrollBar().maximum()
    assert first_line(pages) == heading.text() or at_the_end


@pytest.mark.parametrize("link", sorted({link for link in LINKS if not link.startswith("#")}))
def test_other_papers_open_in_it_and_lead_back(guide: Dialog, pages: GuidePages, link: str) -> None:
    back = next(button for button in guide.findChildren(QPushButton) if button.text() == "Back")
    assert not back.isEnabled()
    pages.anchorClicked.emit(QUrl(link))
    assert Path(pages.source().toLocalFile()) == GUIDE.parent / link
    assert not pages.toPlainText().startswith("User guide")
    back.click()
    assert pages.toPlainText().startswith("User guide")


def test_back_takes_a_jump_within_the_page_back(guide: Dialog, pages: GuidePages) -> None:
    back = next(button for button in guide.findChildren(QPushButton) if button.text() == "Back")
    pages.anchorClicked.emit(QUrl(next(link for link in LINKS if link.startswith("#"))))
    assert pages.verticalScrollBar().value() > 0
    back.click()
    assert pages.verticalScrollBar().value() == 0


def test_a_link_into_the_network_leads_nowhere(pages: GuidePages) -> None:
    pages.anchorClicked.emit(QUrl("https://example.org/other.md"))
    assert Path(pages.source().toLocalFile()) == GUIDE


def test_where_it_is_missing_that_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    message = make_user_guide(None, tmp_path / "guide.md")
    qtbot.addWidget(message)
    assert str(tmp_path / "guide.md") in message.text()
    assert "installed without it" in message.text()
