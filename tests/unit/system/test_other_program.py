"""Programs that are asked in processes of their own."""

import sys

import numpy as np
import pytest

from fer_desktop.system.other_program import SCRIPTS, OtherProgramError, ask_program

PIXELS = np.arange(6, dtype=np.uint8).reshape(1, 2, 3)

ANSWERS = """
import json, sys
header = json.loads(sys.stdin.buffer.readline())
print("a library may print something first")
print(json.dumps([header, list(sys.stdin.buffer.read())]))
"""
RAISES = """
import sys
sys.stderr.write("a library's warning\\n")
raise RuntimeError("the operator nms does not exist\\n\\nwhich versions fit is on our page")
"""
CRASHES = """
import os, signal, sys
sys.stderr.write("a library's warning\\nFatal Python error: Segmentation fault\\n\\nin triton\\n")
sys.stderr.flush()
os.kill(os.getpid(), signal.SIGSEGV)
"""


def ask(program: str, *, timeout_s: float = 60) -> object:
    return ask_program([sys.executable, "-c", program], {"width": 2}, PIXELS, timeout_s=timeout_s)


def test_a_program_gets_header_and_pixels_and_answers_in_its_last_line() -> None:
    assert ask(ANSWERS) == [{"width": 2}, [0, 1, 2, 3, 4, 5]]


def test_an_exception_is_reported_whole_and_without_the_warnings_before_it() -> None:
    with pytest.raises(OtherProgramError) as raised:
        ask(RAISES)
    report = str(raised.value)
    assert report.startswith("exit code 1: Traceback")
    assert report.endswith("the operator nms does not exist\n\nwhich versions fit is on our page")


def test_a_program_that_only_writes_its_reason_is_reported_with_it() -> None:
    with pytest.raises(OtherProgramError, match=r"^exit code 1: its weights are missing$"):
        ask("import sys; sys.exit('its weights are missing')")


def test_a_silent_failure_is_reported_as_such() -> None:
    with pytest.raises(OtherProgramError, match=r"^exit code 3: no message$"):
        ask("import sys; sys.exit(3)")


@pytest.mark.skipif(sys.platform == "win32", reason="this operating system is not Linux")
def test_a_crash_is_reported_with_its_signal_and_stack() -> None:
    with pytest.raises(OtherProgramError) as raised:
        ask(CRASHES)
    assert str(raised.value) == "ended by SIGSEGV: Fatal Python error: Segmentation fault\n\nin triton"


def test_a_program_that_ends_without_an_answer_is_reported_as_such() -> None:
    with pytest.raises(OtherProgramError, match="printed no answer"):
        ask("import sys; sys.exit(0)")


def test_a_program_that_does_not_answer_is_given_up() -> None:
    with pytest.raises(OtherProgramError, match="no answer within 1 s"):
        ask("import time; time.sleep(60)", timeout_s=1)


def test_versions_of_torch_are_those_of_one_release() -> None:
    """torchvision 0.N is built for torch 2.(N - 15): with another one it cannot be imported."""
    lines = (SCRIPTS / "requirements.txt").read_text().splitlines()
    versions = dict(line.split("==") for line in lines if line.startswith("torch"))
    assert int(versions["torch"].split(".")[1]) + 15 == int(versions["torchvision"].split(".")[1])
