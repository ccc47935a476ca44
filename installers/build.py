"""Builds this system's installers from a clean checkout: `python installers/build.py`. See installers/README.md.

It needs Python 3.11 or 3.12 and the package index, and installs nothing outside `build/` and `dist/`.
"""

import argparse
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
BUILD: Final = ROOT / "build"
DIST: Final = ROOT / "dist"
UV: Final = "uv==0.13.9"
sys.path.insert(0, str(ROOT / "installers"))


def main() -> None:
    """Builds the program's folder, then what the system's users expect to get."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--appimage-runtime", type=Path, metavar="FILE", help="type 2 runtime for the AppImage")
    parser.add_argument("--keep-folder", action="store_true", help="package the program's folder built before")
    arguments = parser.parse_args()
    DIST.mkdir(exist_ok=True)
    if not arguments.keep_folder:
        build_folder()
        if sys.platform == "linux":
            from linux.small_libraries import make_libraries_small

            make_libraries_small(DIST / "fer-desktop", read_languages())
    if sys.platform == "linux":
        from linux.packages import build_packages

        build_packages(DIST / "fer-desktop", BUILD / "icons", read_version(), arguments.appimage_runtime)
    elif sys.platform == "win32":
        run("iscc", f"/DVersion={read_version()}", ROOT / "installers" / "windows" / "fer-desktop.iss")
    elif sys.platform == "darwin":
        run(ROOT / "installers" / "macos" / "make_dmg.sh", DIST / "FER Desktop.app", read_version())


def build_folder() -> None:
    """`dist/fer-desktop` (and the .app on macOS), from the wheel and the slim set in an environment of its own."""
    uv = fetch_uv(BUILD / "uv-env")
    python = make_environment(BUILD / "installer-env", uv)
    make_wheel_and_install(python, uv)
    run(python, ROOT / "installers" / "draw_icons.py", ROOT / "ui" / "icons" / "fer-desktop.svg", BUILD / "icons")
    # -P: not the checkout's modules, which the current folder would put first.
    work: list[str | Path] = ["--distpath", DIST, "--workpath", BUILD / "pyinstaller"]
    run(
        python,
        "-P",
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--log-level",
        "WARN",
        *work,
        ROOT / "installers" / "fer-desktop.spec",
    )


def make_environment(folder: Path, uv: Path) -> Path:
    """The interpreter of a new environment with the locked packages, checked by their hashes."""
    shutil.rmtree(folder, ignore_errors=True)
    run(uv, "venv", "-q", "--no-python-downloads", "--python", sys.executable, folder)
    python = find_program(folder, "python")
    for lock in (ROOT / "requirements-slim.lock", ROOT / "installers" / "requirements.lock"):
        run(uv, "pip", "install", "-q", "--python", python, "--no-deps", "--require-hashes", "-r", lock)
    return python


def fetch_uv(folder: Path) -> Path:
    """uv, as in tools/setup.sh; pip refuses a locked package that declares itself for older versions of Python only."""
    uv = find_program(folder, "uv")
    if not uv.exists():
        venv.create(folder, with_pip=True)
        run(find_program(folder, "python"), "-m", "pip", "install", "-q", UV)
    return uv


def find_program(environment: Path, name: str) -> Path:
    """Where an environment has a program on this system."""
    return environment / "Scripts" / f"{name}.exe" if sys.platform == "win32" else environment / "bin" / name


def make_wheel_and_install(python: Path, uv: Path) -> None:
    """The program comes from its wheel, so an installer never holds what the wheel does not."""
    folder = BUILD / "wheel"
    shutil.rmtree(folder, ignore_errors=True)
    run(uv, "build", "-q", "--wheel", "-o", folder, ROOT)
    run(uv, "pip", "install", "-q", "--python", python, "--no-deps", *folder.glob("*.whl"))


def read_version() -> str:
    """The program's version, without importing it."""
    source = (ROOT / "fer_desktop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__: Final = "([^"]+)"', source)
    if found is None:
        raise SystemExit("there is no version in fer_desktop/__init__.py")
    return found[1]


def read_languages() -> list[str]:
    """The codes of the languages that the program speaks."""
    translations = ROOT / "fer_desktop" / "messages" / "translations"
    return ["en", *sorted(path.stem for path in translations.glob("*.po"))]


def run(*command: str | Path) -> None:
    """Runs a command, and ends with its exit code where it fails."""
    done = subprocess.run([*map(str, command)], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    main()
