"""Which skips are failures in CI."""

import pytest

from tests.skips import fail_if_skipped

CI = {"CI": "true"}
MISSING_TOOL = "Skipped: needs xdotool, which is not installed"


def skipped(reason: str) -> pytest.TestReport:
    return pytest.TestReport("a test", ("file.py", 1, "a test"), {}, "skipped", ("file.py", 1, reason), "setup")


@pytest.mark.parametrize("reason", [MISSING_TOOL, "Skipped: needs the measuring data in ../shared"])
def test_in_ci_a_skip_is_a_failure_that_shows_its_reason(reason: str) -> None:
    report = skipped(reason)
    fail_if_skipped(report, CI)
    assert report.failed
    assert reason in report.longreprtext


def test_in_ci_a_skipped_module_is_a_failure_too() -> None:
    report = pytest.CollectReport("a module", "skipped", ("file.py", 1, MISSING_TOOL), [])
    fail_if_skipped(report, CI)
    assert report.failed


@pytest.mark.parametrize(
    "reason", ["needs a GPU", "this operating system is not Linux", "the package torch is not installed"]
)
def test_what_a_machine_may_lack_is_skipped_in_ci_too(reason: str) -> None:
    report = skipped(reason)
    fail_if_skipped(report, CI)
    assert report.skipped


def test_elsewhere_a_skip_is_a_skip() -> None:
    report = skipped(MISSING_TOOL)
    fail_if_skipped(report, {})
    assert report.skipped


def test_an_expected_failure_is_no_skip() -> None:
    report = skipped(MISSING_TOOL)
    report.wasxfail = "known"
    fail_if_skipped(report, CI)
    assert report.skipped


def test_a_passed_test_stays_one() -> None:
    report = pytest.TestReport("a test", ("file.py", 1, "a test"), {}, "passed", None, "call")
    fail_if_skipped(report, CI)
    assert report.passed
