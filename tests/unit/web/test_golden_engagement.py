"""The golden files that the web app's engagement is held to are what this engine makes of the classes."""

import gzip
import json

import pytest

from fer_desktop.types import FlagKind
from tools.web_golden_engagement import SCENARIOS, Scenario, path_of, play


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_the_golden_file_is_up_to_date(scenario: Scenario) -> None:
    stored = json.loads(gzip.decompress(path_of(scenario).read_bytes()))
    assert stored == json.loads(json.dumps(play(scenario)))


def test_every_kind_of_flag_is_raised_and_some_are_dismissed() -> None:
    calm, disturbed = (json.loads(gzip.decompress(path_of(scenario).read_bytes())) for scenario in SCENARIOS)
    events = [event for step in calm["steps"] for event in step.get("record", {}).get("events", [])]
    raised = {event[3] for event in events if event[0] == "flag_raised"}
    assert raised == {str(kind) for kind in FlagKind}
    assert any(command[0] == "dismiss" for step in disturbed["steps"] for command in step.get("commands", []))
