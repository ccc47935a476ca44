"""The slim installation: the wheel and what it requires, without TensorFlow, Keras, MediaPipe and jax."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

import pytest
from program_files import find_program_files

from tests.e2e.program import ROOT
from tests.needs import LINUX, SCREEN

SLIM: Final = ROOT / ".venv-slim" / "bin"
LEFT_OUT: Final = {"tensorflow", "keras", "mediapipe", "jax", "jaxlib", "matplotlib", "opencv-contrib-python"}
PINNED: Final = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)

pytestmark = LINUX


def read_lock(name: str) -> dict[str, str]:
    return dict(PINNED.findall((ROOT / name).read_text(encoding="utf-8")))


def run_slim(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command with the slim environment's own interpreter, and nothing of this checkout on the path."""
    return subprocess.run(
        [*map(str, command)],
        cwd=environment.pop("cwd", "/"),
        env={**os.environ, "PYTHONPATH": "", **environment},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel: Path) -> Path:
    """The command `fer-desktop`, installed from the wheel into the slim environment."""
    if not (SLIM / "python").exists():
        pytest.skip("needs the slim environment: run tools/setup.sh tests")
    uv = shutil.which("uv") or ROOT / ".venv-uv" / "bin" / "uv"
    command = [uv, "pip", "install", "-q", "--no-deps", "--reinstall", "--python", SLIM / "python", wheel]
    subprocess.run([*map(str, command)], check=True, timeout=120)
    return SLIM / "fer-desktop"


def test_the_slim_lock_is_the_full_one_without_what_is_left_out() -> None:
    slim, full = read_lock("requirements-slim.lock"), read_lock("requirements.lock")
    assert slim.items() <= full.items()
    assert full.keys() >= LEFT_OUT
    assert not slim.keys() & LEFT_OUT


@pytest.mark.usefixtures("program")
def test_the_environment_has_nothing_of_what_is_left_out() -> None:
    code = "from importlib.metadata import distributions; print(*(d.name.lower() for d in distributions()))"
    names = set(run_slim(SLIM / "python", "-c", code).stdout.split())
    assert "fer-desktop" in names
    assert not names & LEFT_OUT


def test_the_wheel_takes_one_name_in_the_environment(program: Path) -> None:
    code = "from importlib.metadata import files; print(*files('fer-desktop'), sep=chr(10))"
    files = run_slim(program.with_name("python"), "-c", code).stdout.splitlines()
    tops = {path.split("/")[0] for path in files}
    assert {top for top in tops if top != ".." and not top.endswith(".dist-info")} == {"fer_desktop_program"}
    assert {Path(path).name for path in files if path.startswith("..")} == {"fer-desktop", "fer-desktop-window"}


def test_wheel_and_installers_have_every_file_of_the_program(wheel: Path, tmp_path: Path) -> None:
    """What a checkout has beside the modules: networks, pages, pictures, catalogues, revisions of the database."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    installed = tmp_path / "fer_desktop_program"
    listing = ["git", "ls-files", "fer_desktop", "ui", "models", "data"]
    checkout = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
    wanted = {path for path in checkout if not path.startswith("models/results/") and not path.endswith("README.md")}
    assert {path for path in wanted if not (installed / path).is_file()} == set()
    packed = {path.relative_to(installed).as_posix() for path in find_program_files(installed)}
    left_out = {path for path in wanted - packed if not path.endswith((".py", ".po"))}
    assert left_out == set()
    assert {path for path in wanted if "/migrations/" in path} <= packed


def test_the_guide_has_its_pictures_and_pages(program: Path) -> None:
    code = "import fer_desktop_program as p, os; print(os.path.dirname(p.__file__))"
    docs = Path(run_slim(program.with_name("python"), "-c", code).stdout.strip()) / "docs"
    guide = (docs / "guide.md").read_text(encoding="utf-8")
    linked = set(re.findall(r'src="([^"]+)"', guide) + re.findall(r"\]\(([^)#]+\.md)", guide))
    assert len(linked) >= 8
    assert [name for name in sorted(linked) if not (docs / name).is_file()] == []


def test_it_starts(program: Path) -> None:
    assert "commands:" in run_slim(program, "--help").stdout
    examined = run_slim(program, "doctor", "--json")
    findings = json.loads(examined.stdout)
    wrong = {name for name, finding in findings.items() if not finding["ok"]}
    assert wrong <= {"display", "screen_capture"}, examined.stdout
    assert findings["gpu"]["words"] == "not used without TensorFlow: the CPU does the work"


GPU_CHECK = """
import os, pathlib
os.environ.pop("CUDA_VISIBLE_DEVICES", None)
import fer_desktop_program, sys
sys.path.insert(0, os.path.dirname(fer_desktop_program.__file__))
from fer_desktop.expression import shipped
shipped.GPU_DEVICES = (pathlib.Path(os.devnull),)  # there is a GPU driver
print(type(shipped.make_classifier()).__name__)
"""


def test_with_a_gpu_and_without_tensorflow_the_processor_does_the_work(program: Path) -> None:
    done = run_slim(program.with_name("python"), "-c", GPU_CHECK)
    assert done.stdout == "LiteRtExpressionClassifier\n", done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ["train", "--data", "faces.csv", "--out", "folder"],
        ["explain", "face.png", "--out", "folder"],
        ["evaluate", "--data", "faces.csv"],
        ["quantise", "model", "--data", "faces.csv"],
    ],
    ids=lambda command: command[0],
)
def test_a_command_for_training_says_in_one_line_what_to_install(
    program: Path, command: list[str], tmp_path: Path
) -> None:
    done = run_slim(program, *command, cwd=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert 'run `make setup` in a checkout, or `pip install "fer-desktop[training]"`' in done.stderr


@SCREEN
def test_the_demo_reads_the_class(program: Path) -> None:
    done = run_slim(program, "demo", "--seconds", "10", "--students", "9", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["students"] == 9


@SCREEN
@pytest.mark.usefixtures("program")
def test_windows_work() -> None:
    """A part of the tests of the windows, with the slim environment's packages and this checkout's modules."""
    modules = ["tests/ui/test_start.py", "tests/ui/live/test_live_window.py", "tests/ui/test_review_pages.py"]
    options = ["-q", "-p", "no:cacheprovider", "--no-header"]
    done = run_slim(SLIM / "python", "-m", "pytest", *options, *modules, cwd=str(ROOT), PYTHONPATH=str(ROOT))
    assert done.returncode == 0, done.stdout[-3000:]
    assert int(re.findall(r"(\d+) passed", done.stdout)[-1]) > 40
