"""What the installers are made of fits together; `installers/build.py` itself takes minutes and is run by hand."""

import configparser
import plistlib
import re
import subprocess
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any, Final

import pytest

from fer_desktop import RELEASED, __version__
from ui.application import ICON

ROOT: Final = Path(__file__).resolve().parents[2]
INSTALLERS: Final = ROOT / "installers"
PROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_version_is_the_same_everywhere() -> None:
    release = ET.parse(INSTALLERS / "linux" / "fer-desktop.metainfo.xml").find("releases/release")
    assert release is not None
    assert (release.get("version"), release.get("date")) == (__version__, RELEASED.isoformat())
    assert PROJECT["project"]["version"] == __version__


def test_the_menu_entry_starts_the_program_with_its_icon() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]  # keys of menu entries have capitals
    entry.read(INSTALLERS / "linux" / "fer-desktop.desktop", encoding="utf-8")
    fields = dict(entry["Desktop Entry"])
    assert (fields["Type"], fields["Terminal"]) == ("Application", "false")
    assert fields["Exec"] in PROJECT["project"]["scripts"]
    assert fields["Icon"] == ICON.stem
    assert fields["Comment[hi]"]
    metainfo = ET.parse(INSTALLERS / "linux" / "fer-desktop.metainfo.xml")
    assert metainfo.findtext("launchable") == f"{fields['Icon']}.desktop"


def test_the_package_has_every_field_that_is_filled_in() -> None:
    control = (INSTALLERS / "linux" / "debian" / "control").read_text(encoding="utf-8")
    assert set(re.findall(r"{(\w+)}", control)) == {"version", "size", "depends"}
    filled = control.format(version=__version__, size=1, depends="libc6")
    assert re.search(rf"^Version: {re.escape(__version__)}$", filled, re.MULTILINE)
    assert filled.endswith("\n")


@pytest.mark.parametrize("script", [INSTALLERS / "linux" / "debian" / "postrm", INSTALLERS / "macos" / "make_dmg.sh"])
def test_scripts_can_be_read_by_the_shell(script: Path) -> None:
    subprocess.run(["bash", "-n", str(script)], check=True)


@pytest.mark.parametrize("action", ["remove", "upgrade", "failed-upgrade", "abort-install"])
def test_removing_and_upgrading_touch_no_lesson(action: str, tmp_path: Path) -> None:
    lesson = tmp_path / ".local" / "share" / "fer-desktop" / "fer-desktop.sqlite"
    lesson.parent.mkdir(parents=True)
    lesson.touch()
    postrm = INSTALLERS / "linux" / "debian" / "postrm"
    subprocess.run(["sh", str(postrm), action], check=True, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"})
    assert lesson.exists()


def test_macos_asks_for_the_screen_and_the_entitlements_allow_pythons_callbacks() -> None:
    assert "NSScreenCaptureUsageDescription" in (INSTALLERS / "fer-desktop.spec").read_text(encoding="utf-8")
    entitlements = plistlib.loads((INSTALLERS / "macos" / "entitlements.plist").read_bytes())
    assert entitlements["com.apple.security.cs.allow-unsigned-executable-memory"] is True
    assert "com.apple.security.network.client" not in entitlements


def test_the_question_of_a_purge_is_registered_while_its_text_is_there() -> None:
    """A purge has neither templates nor postinst left: without the registration nobody would be asked."""
    debian = INSTALLERS / "linux" / "debian"
    question = re.findall(r"^Template: (\S+)$", (debian / "templates").read_text(encoding="utf-8"), re.MULTILINE)
    assert question == ["fer-desktop/delete-lessons"]
    assert "Default: false" in (debian / "templates").read_text(encoding="utf-8")
    assert ". /usr/share/debconf/confmodule" in (debian / "postinst").read_text(encoding="utf-8")
    assert f"db_input high {question[0]}" in (debian / "postrm").read_text(encoding="utf-8")


def test_uv_is_the_same_as_that_of_the_set_up() -> None:
    pinned = re.compile(r"uv==[\d.]+")
    sources = (INSTALLERS / "build.py", ROOT / "tools" / "setup.sh")
    assert len({pinned.findall(path.read_text(encoding="utf-8"))[0] for path in sources}) == 1
