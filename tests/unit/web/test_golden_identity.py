"""The golden file that the web app's tracker is held to is what this engine sees."""

import json

from tools.web_golden_identity import PATH, read_calls


def test_the_golden_file_is_up_to_date() -> None:
    assert json.loads(json.dumps(read_calls())) == json.loads(PATH.read_text(encoding="utf-8"))


def test_it_has_what_a_tracker_can_get_wrong() -> None:
    views = [view for call in read_calls()["calls"] for view in call]
    lost = [view for view in views if not view["tiles"]]
    assert any(len(view["faces"]) > 1 and None not in view["faceStudents"] for view in lost)
    assert any(view["faceStudents"] == [None] for view in lost)
    assert any(view["tiles"] and view["faceStudents"][-1] is None for view in views)
    assert any(view["outOfView"] for view in views)
    assert any(not view["outOfView"] for view in views)
