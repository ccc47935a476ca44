"""The side of the review window: search, courses and the list of sessions."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QVBoxLayout

from fer_desktop.roster.names import fold_name
from fer_desktop.storage.values import SessionSummary
from ui.language import render, tr, tr_count
from ui.review.session_list import SessionList, name_group, name_session
from ui.stylesheet import set_role
from ui.theme import scaled
from ui.widgets.basics import ElidedLabel, make_label
from ui.words import format_day

_WIDTH_PX = 290
_MAX_SHARE = 0.4
"""Of the window's width: the lesson needs the rest, with large text too."""


class SessionFinder(QFrame):
    """The list of sessions with a search and a choice of courses above it. Ctrl+F focuses the search."""

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "band")
        self.list = SessionList()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search course, day, note, student"))
        self.search.setAccessibleName(tr("Search the lessons"))
        self.search.setClearButtonEnabled(True)
        self.courses = QComboBox()
        self.courses.setAccessibleName(tr("Lessons of which course"))
        self.courses.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.found = ElidedLabel("", "small")
        self._sessions: Sequence[SessionSummary] = ()
        self._texts: Mapping[int, str] = {}
        self._hidden: frozenset[int] = frozenset()
        self._arrange()
        self.search.textChanged.connect(lambda _: self._filter())
        self.search.returnPressed.connect(self.list.open_first)
        self.courses.currentIndexChanged.connect(lambda _: self._filter())
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(self.search.setFocus)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()

    def fit(self) -> None:
        """Takes the width that the text size asks for and the window has room for."""
        self.setFixedWidth(min(scaled(_WIDTH_PX), round(_MAX_SHARE * self.window().width())))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(6)
        head = QVBoxLayout()
        head.setContentsMargins(12, 0, 12, 2)
        head.setSpacing(6)
        head.addWidget(make_label(tr("Lessons"), "title"))
        head.addWidget(self.search)
        head.addWidget(self.courses)
        head.addWidget(self.found)
        column.addLayout(head)
        column.addWidget(self.list, 1)

    def show_sessions(
        self,
        sessions: Sequence[SessionSummary],
        texts: Mapping[int, str],
        *,
        select: int | None = None,
        keep: int | None = None,
    ) -> None:
        """`texts`: searchable text of each session besides its summary. `select`: opened, whatever the search is.

        `keep`: without `select` it stays chosen, or is left out where the search leaves it out. Otherwise the newest
        session opens.
        """
        self._sessions = sorted(sessions, key=lambda each: (each.started_at, each.id), reverse=True)
        self._texts = {each.id: fold_name(_searchable(each, texts.get(each.id, ""))) for each in sessions}
        self._offer_courses()
        matching = {each.id for each in self._matching()}
        is_kept = select is None and keep in self._texts
        if not is_kept and (not matching or (select is not None and select not in matching)):
            self._show_all()
        self._show_number_found()
        if is_kept and keep not in matching:
            self.list.show_again(self._matching())
        else:
            self.list.show_sessions(self._matching(), select=keep if is_kept else select)

    def course_names(self) -> list[str]:
        """The courses of the listed sessions, that of the newest session first."""
        return list(dict.fromkeys(each.course for each in self._sessions if each.course))

    def _show_all(self) -> None:
        """Clears the search and the course, which might hide the session to be opened."""
        for part in (self.search, self.courses):
            part.blockSignals(True)
        self.search.clear()
        self.courses.setCurrentIndex(0)
        for part in (self.search, self.courses):
            part.blockSignals(False)

    def _filter(self) -> None:
        """Lists what matches; the open session stays open even if it does not."""
        self.list.show_again(self._matching())
        self._show_number_found()

    def _matching(self) -> list[SessionSummary]:
        words, course = fold_name(self.search.text()).split(), self.courses.currentData()
        return [
            each
            for each in self._sessions
            if (course is None or name_group(each) == course) and all(word in self._texts[each.id] for word in words)
        ]

    def _show_number_found(self) -> None:
        found, all_sessions = len(self._matching()), len(self._sessions)
        narrowed = found < all_sessions or bool(self.search.text())
        self.found.setVisible(narrowed)
        self.found.setText(
            tr_count("{n} lesson found", "{n} lessons found", found) if found else tr("Nothing found. Try fewer words.")
        )

    def _offer_courses(self) -> None:
        chosen = self.courses.currentData()
        groups = list(dict.fromkeys(name_group(each) for each in self._sessions))
        self.courses.blockSignals(True)
        self.courses.clear()
        self.courses.addItem(tr("All courses"), None)
        for group in groups:
            self.courses.addItem(group, group)
        self.courses.setCurrentIndex(1 + groups.index(chosen) if chosen in groups else 0)
        self.courses.blockSignals(False)
        self.courses.setVisible(len(groups) > 1)


def _searchable(summary: SessionSummary, texts: str) -> str:
    """All text by which a session is found."""
    return " ".join((name_session(summary), render(summary.source), format_day(summary.local_time()), texts))
