"""What the teacher does about a student of the running session: exclude, include, note, rename, merge."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from fer_desktop.policy.pseudonyms import pseudonym
from fer_desktop.types import Observation, StudentState
from ui.dialogs.student_dialogs import JoinDialog, RenameDialog, list_others
from ui.language import tr
from ui.live.students_card import StudentsCard
from ui.ports import LiveSessionPort
from ui.words import label_student


class StudentActions:
    """Carries out the requests of the students' card in the current session; does nothing without one.

    `session` and `observation` are called whenever they are needed, as a dialog may outlive a session.
    `show_status` reports what was done.
    """

    def __init__(
        self,
        window: QWidget,
        card: StudentsCard,
        *,
        session: Callable[[], LiveSessionPort | None],
        observation: Callable[[], Observation | None],
        show_status: Callable[[str], None],
    ) -> None:
        self._window = window
        self._card = card
        self._session = session
        self._observation = observation
        self._show_status = show_status
        card.excluded.connect(self._exclude)
        card.included.connect(self._include)
        card.noted.connect(self._note)
        card.rename_requested.connect(self._ask_name)
        card.join_requested.connect(self._ask_join)

    def name(self, student: int) -> str:
        """The student's current name; the pseudonym once they are out of view."""
        observation = self._observation()
        labels = {state.student: state.label for state in observation.students} if observation else {}
        return label_student(student, labels.get(student))

    def _exclude(self, student: int) -> None:
        session = self._session()
        if session is not None:
            session.exclude(student)
            self._show_status(tr("{who} is excluded.", who=self.name(student)))

    def _include(self, student: int) -> None:
        session = self._session()
        if session is not None:
            session.include(student)
            self._show_status(tr("{who} is included again.", who=self.name(student)))

    def _note(self, student: int, text: str, second: int) -> None:
        session = self._session()
        if session is not None:
            session.note(student, text, second=second)
            self._show_status(tr("Note on {who} saved.", who=self.name(student)))

    def _ask_name(self, state: StudentState) -> None:
        name = self._read_name(state.student) if state.label == pseudonym(state.student) else state.label
        dialog = RenameDialog(self._window, label=label_student(state.student, state.label), name=name)
        dialog.accepted.connect(lambda: self._rename(state.student, dialog.name()))
        dialog.open()

    def _read_name(self, student: int) -> str:
        """The name in the student's tile, as anybody in the call reads it; "" without one."""
        observation = self._observation()
        tiles = observation.result.tiles if observation else ()
        return next((each.tile.name for each in tiles if each.student == student and each.tile.name), "")

    def _rename(self, student: int, name: str) -> None:
        session = self._session()
        if session is not None:
            session.rename(student, name)

    def _ask_join(self, state: StudentState) -> None:
        observation = self._observation()
        others = list_others(state, observation.students if observation else ())
        if others:
            dialog = JoinDialog(self._window, label=label_student(state.student, state.label), others=others)
            labels = {other.student: other.label for other in others}
            dialog.accepted.connect(lambda: self._join(state.student, dialog.student(), labels[dialog.student()]))
            dialog.open()

    def _join(self, student: int, into: int, label: str) -> None:
        """Not where either has turned out to be somebody else since the dialog opened, who would be merged instead."""
        session, observation = self._session(), self._observation()
        listed = {state.student for state in observation.students} if observation else set()
        if session is not None and {student, into} <= listed:
            session.merge(student, into)
            self._card.show_joining(student, label)
