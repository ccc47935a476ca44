"""The page for a browser: one closed file, whatever stands in names and notes."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fer_desktop.report.content import Column, Figure, Report, Section, Table
from fer_desktop.report.pages import POLICY, make_pdf_document
from fer_desktop.storage.store import Store
from fer_desktop.types import Event, EventKind
from tests.unit.report.reports import html_of, lesson, report_on
from tests.unit.storage.lessons import new_session, record_lesson

EVIL = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; --></style></title><iframe src=//evil>",
    "{{ 7 * 7 }} {% raw %}",
    "&lt;b&gt; &amp;",
)
HTML = {"html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "div", "figure"}
TEXT = {"figcaption", "h1", "h2", "h3", "p", "table", "caption", "thead", "tbody", "tr", "th", "td", "bdi"}
SVG = {"svg", "defs", "pattern", "rect", "path", "circle", "text"}
ALLOWED = HTML | TEXT | SVG
VOID = frozenset({"meta", "rect", "path", "circle"})


class Page(HTMLParser):
    """Reads a page strictly: every element known, closed in order, and what it refers to kept."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.references: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.attributes: set[str] = set()
        self.policy = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        if tag not in VOID:
            self.open.append(tag)
        self._keep(dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        self._keep(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.open[-1], data.strip()))

    def _keep(self, attributes: dict[str, str | None]) -> None:
        self.attributes |= attributes.keys()
        if attributes.get("http-equiv") == "Content-Security-Policy":
            self.policy = attributes["content"] or ""
        if attributes.get("id"):
            self.ids.append(attributes["id"] or "")
        for name in ("aria-labelledby", "aria-describedby"):
            if attributes.get(name):
                self.references.append(attributes[name] or "")


def make_report(text: str) -> Report:
    """A report that says the same everywhere."""
    table = Table(text, (Column(text, text=True), Column(text)), ((text, text),))
    figure = Figure("mood", text, text, '<svg width="1" height="1"></svg>', 1, 1)
    return Report(text, text, (text,), (Section("course", text, (text,), (figure,), table),), text)


def test_a_page_is_closed_and_refers_to_nothing_outside(store: Store) -> None:
    events = [Event(EventKind.BOOKMARK, 1, EVIL[1]), Event(EventKind.NOTE, 2, "سؤال", 1)]
    names = list(enumerate(EVIL, start=1))
    session = record_lesson(store, lesson(60, 6, events, names), new_session(course=EVIL[0], source=EVIL[2]))
    text = html_of(report_on(store, session))
    page = Page(text)
    assert page.policy == POLICY == "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    assert page.attributes.isdisjoint({"src", "href", "xlink:href", "srcset", "action", "style"})
    assert not [name for name in page.attributes if name.startswith("on")]
    style = text[text.index("<style>") : text.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {f"#{name}" for name in page.ids}
    assert len(page.ids) == len(set(page.ids))
    assert set(page.references) <= set(page.ids)


@pytest.mark.parametrize("text", EVIL)
def test_a_text_stays_a_text(text: str) -> None:
    page = Page(html_of(make_report(text)))
    for place in ("h1", "h2", "h3", "p", "figcaption", "caption", "th", "td", "bdi"):
        assert (place, text) in page.texts
    assert any(each == ("title", f"{text}, {text}") for each in page.texts)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(str.strip))
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    shown = dict(Page(html_of(make_report(text))).texts)
    assert shown["bdi"] == text.strip()


def test_names_keep_their_direction_to_themselves(store: Store) -> None:
    names = [(1, "سارة أحمد"), (2, "Ann \u202etxt")]
    events = [Event(EventKind.NOTE, 1, "שאלה טובה", 1)]
    session = record_lesson(store, lesson(3, 2, events, names))
    report = report_on(store, session)
    texts = Page(html_of(report)).texts
    for words in ("سارة أحمد", "Note on سارة أحمد", "שאלה טובה", "Ann txt"):
        assert ("bdi", words) in texts
    assert '<td align="left">\u2068سارة أحمد\u2069</td>' in make_pdf_document(report).html


def test_charts_have_a_name_and_a_sentence(store: Store) -> None:
    text = html_of(report_on(store, record_lesson(store, lesson(60, 6))))
    assert text.count('<div role="img" aria-labelledby="') == text.count("<svg ") == 4
    for name in ("mood", "expressions", "presence", "students"):
        assert f'aria-labelledby="{name}-title" aria-describedby="{name}-summary"' in text
        assert f'<figcaption id="{name}-summary">' in text


def test_paper_escapes_too() -> None:
    text = make_pdf_document(make_report(EVIL[1])).html
    assert "<img src=x" not in text
    assert text.count("&gt;&lt;img src=x onerror=alert(1)&gt;") >= 8
