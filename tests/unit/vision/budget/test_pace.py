"""When less is looked at: on battery, and while the computer cannot keep up."""

from fer_desktop.types import Pace
from fer_desktop.vision.budget.pace import PaceKeeper

PERIOD_S = 0.2


class ScriptedComputer:
    """Frames come five a second; each costs what the script of the pace says."""

    def __init__(self, cost_s: dict[Pace, float], *, on_battery: bool = False) -> None:
        self.cost_s = cost_s
        self.on_battery = on_battery
        self.asked_power = 0
        self._now_s = 100.0
        self.keeper = PaceKeeper(self, self._is_on_battery)

    def now_s(self) -> float:
        return self._now_s

    def _is_on_battery(self) -> bool:
        self.asked_power += 1
        return self.on_battery

    def run(self, seconds: float) -> list[Pace]:
        """The pace after each frame."""
        paces = []
        until_s = self._now_s + seconds
        while self._now_s < until_s:
            captured_at_s = self._now_s
            self._now_s += self.cost_s[self.keeper.pace]
            self.keeper.finish_frame(captured_at_s)
            paces.append(self.keeper.pace)
            self._now_s = max(self._now_s, captured_at_s + PERIOD_S)
        return paces


def cost_of(full: float, low: float = 0.06) -> dict[Pace, float]:
    return {Pace.FULL: full, Pace.ON_BATTERY: low, Pace.BUSY: low}


def test_a_computer_that_keeps_up_reads_at_the_full_pace() -> None:
    assert set(ScriptedComputer(cost_of(0.1)).run(120)) == {Pace.FULL}


def test_while_frames_are_late_the_pace_falls_within_some_seconds() -> None:
    computer = ScriptedComputer(cost_of(0.4))
    assert computer.run(15)[-1] is Pace.BUSY


def test_one_slow_frame_changes_nothing() -> None:
    computer = ScriptedComputer(cost_of(0.06))
    computer.run(10)
    computer.cost_s = cost_of(3.0)
    computer.run(3)
    computer.cost_s = cost_of(0.06)
    assert set(computer.run(10)) == {Pace.FULL}


def test_a_computer_that_is_late_all_the_same_stays_at_the_low_pace() -> None:
    computer = ScriptedComputer(cost_of(0.5, low=0.4))
    computer.run(15)
    assert set(computer.run(120)) == {Pace.BUSY}


def test_it_rises_again_once_frames_have_been_in_time_for_half_a_minute() -> None:
    computer = ScriptedComputer(cost_of(0.4))
    computer.run(15)
    computer.cost_s = cost_of(0.06)
    assert computer.run(20)[-1] is Pace.BUSY
    assert computer.run(20)[-1] is Pace.FULL


def test_where_every_return_fails_it_returns_more_and_more_seldom() -> None:
    paces = ScriptedComputer(cost_of(0.4)).run(3600)
    returns = [index for index, pace in enumerate(paces) if pace is Pace.FULL and paces[index - 1] is Pace.BUSY]
    assert 3 <= len(returns) <= 12
    assert paces.count(Pace.FULL) / len(paces) < 0.05


def test_on_battery_it_is_low_and_back_at_the_socket_it_is_not() -> None:
    computer = ScriptedComputer(cost_of(0.06), on_battery=True)
    assert set(computer.run(5)) == {Pace.ON_BATTERY}
    computer.on_battery = False
    assert computer.run(15)[-1] is Pace.FULL


def test_the_battery_is_asked_every_few_seconds_not_in_every_frame() -> None:
    computer = ScriptedComputer(cost_of(0.06))
    computer.run(60)
    assert 5 <= computer.asked_power <= 7
