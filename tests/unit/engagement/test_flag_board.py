"""Which flags are shown: dismissed ones are not, and one that comes and goes is raised only now and then."""

from fer_desktop.engagement.flag_board import FlagBoard
from fer_desktop.types import EventKind, Flag, FlagKind, Merge
from tests.evidence import EYES_CLOSED, MOOD_FELL, NOT_IN_CALL

DROWSY = Flag(FlagKind.DROWSY, 1, 10, EYES_CLOSED)
DROP = Flag(FlagKind.CLASS_DROP, None, 10, MOOD_FELL)


class Board:
    """Is given the flags with evidence second by second."""

    def __init__(self, repeat_after_s: int = 60) -> None:
        self.board = FlagBoard(repeat_after_s=repeat_after_s)
        self.second = 0
        self.raised: list[int] = []
        self.cleared: list[int] = []

    def hold(self, *flags: Flag, seconds: int = 1) -> "Board":
        for _ in range(seconds):
            for event in self.board.update(self.second, flags):
                (self.raised if event.kind is EventKind.FLAG_RAISED else self.cleared).append(self.second)
            self.second += 1
        return self

    def shows(self, student: int | None = 1) -> list[FlagKind]:
        return [flag.kind for flag in self.board.of(student)]


def test_a_flag_is_raised_once_while_it_has_evidence_and_cleared_when_that_ends() -> None:
    board = Board().hold().hold(DROWSY, seconds=5)
    assert board.shows() == [FlagKind.DROWSY]
    board.hold()
    assert (board.raised, board.cleared, board.shows()) == ([1], [6], [])


def test_a_flag_that_clears_and_recurs_is_raised_once_in_its_time() -> None:
    board = Board(repeat_after_s=60)
    for _ in range(12):
        board.hold(DROWSY, seconds=5).hold(seconds=5)
    assert board.raised == [0, 60]
    assert board.cleared == [5, 65]


def test_evidence_that_remains_when_the_time_is_over_is_raised_then() -> None:
    board = Board(repeat_after_s=60).hold(DROWSY, seconds=5).hold(seconds=5).hold(DROWSY, seconds=100)
    assert board.raised == [0, 60]


def test_a_dismissed_flag_remains_hidden_until_its_evidence_has_ended() -> None:
    board = Board(repeat_after_s=30).hold(DROWSY)
    board.board.dismiss(1, FlagKind.DROWSY)
    assert board.shows() == []
    board.hold(DROWSY, seconds=50)
    assert board.shows() == []
    board.hold().hold(DROWSY)
    assert board.shows() == [FlagKind.DROWSY]


def test_dismissed_twice_it_is_quiet_for_the_session() -> None:
    board = Board(repeat_after_s=1)
    for _ in range(2):
        board.hold(seconds=5).hold(DROWSY)
        board.board.dismiss(1, FlagKind.DROWSY)
    assert board.hold(seconds=600).hold(DROWSY, seconds=5).shows() == []
    other = Flag(FlagKind.AWAY, 1, 0, NOT_IN_CALL)
    another = Flag(FlagKind.DROWSY, 2, 0, EYES_CLOSED)
    board.hold(DROWSY, other, another)
    assert (board.shows(1), board.shows(2)) == ([FlagKind.AWAY], [FlagKind.DROWSY])


def test_a_second_click_on_the_same_flag_is_not_a_second_dismissal() -> None:
    board = Board(repeat_after_s=1).hold(DROWSY)
    assert board.board.dismiss(1, FlagKind.DROWSY)
    assert not board.board.dismiss(1, FlagKind.DROWSY)
    assert board.hold(seconds=5).hold(DROWSY).shows() == [FlagKind.DROWSY]


def test_dismissals_pass_to_the_student_of_a_merge() -> None:
    board = Board(repeat_after_s=1)
    for _ in range(2):
        board.hold(seconds=5).hold(DROWSY)
        board.board.dismiss(1, FlagKind.DROWSY)
    board.board.merge(Merge(1, 7))
    board.hold(seconds=5).hold(Flag(FlagKind.DROWSY, 7, 0, EYES_CLOSED))
    assert board.shows(7) == []


def test_the_class_has_flags_of_its_own() -> None:
    board = Board().hold(DROP)
    assert (board.shows(None), board.shows(1)) == ([FlagKind.CLASS_DROP], [])
    board.board.dismiss(None, FlagKind.CLASS_DROP)
    assert board.hold(DROP).shows(None) == []


def test_a_flag_is_dated_from_when_its_evidence_began() -> None:
    board = Board().hold(DROWSY).hold(Flag(FlagKind.DROWSY, 1, 40, EYES_CLOSED))
    assert [flag.since_second for flag in board.board.of(1)] == [10]
