"""The golden file that the web app's live budget is held to is what this engine chooses."""

import json

from tools.web_golden_budget import PATH, read_budget


def test_the_golden_file_is_up_to_date() -> None:
    assert json.loads(json.dumps(read_budget())) == json.loads(PATH.read_text(encoding="utf-8"))


def test_it_has_what_a_budget_can_get_wrong() -> None:
    frames = read_budget()["frames"]
    assert {frame["isBusy"] for frame in frames} == {False, True}
    assert not frames[-1]["isBusy"]
    assert any(len(frame["holding"]) < len(frame["carried"]) for frame in frames)
    assert any(not frame["carried"] for frame in frames[1:])  # after a gap
