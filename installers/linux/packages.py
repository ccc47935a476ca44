"""Linux: a portable folder as .tar.gz, a Debian package, and an AppImage."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
APP: Final = "fer-desktop"
DEPENDS: Final = "libc6 (>= {glibc}), libegl1, libgl1, libfontconfig1, libdbus-1-3, fonts-dejavu-core, debconf"
"""What the folder does not bring: what must fit the graphics driver and the desktop."""
STRIPPED: Final = (
    "libpython*.so*",
    "python3.*/lib-dynload/*.so",
    "PIL/*.so",
    "ai_edge_litert/*.so",
    "cryptography/hazmat/bindings/*.so",
    "lap/*.so",
    "sqlalchemy/*/*.so",
    "sqlcipher3/*.so",
    "tesserocr/*.so",
)


def build_packages(program: Path, icons: Path, version: str, runtime: Path | None) -> None:
    """Writes the three files beside `program`, the folder that PyInstaller made. `runtime`: of the AppImage."""
    _strip(program)
    build = icons.parent
    name = f"{APP}-{version}-linux-x86_64"
    _make_portable(program, program.parent / f"{name}.tar.gz")
    _make_deb(program, icons, build / "deb", version, program.parent / f"{APP}_{version}_amd64.deb")
    if runtime is None:
        print("No AppImage: --appimage-runtime names no runtime (installers/README.md).")  # noqa: T201
    else:
        _make_appimage(program, icons, build / "AppDir", runtime, program.parent / f"{name}.AppImage")


def _strip(program: Path) -> None:
    """Removes symbols where they take most: 60 MB. Libraries that wheels have renamed may not load when stripped."""
    libraries = [path for pattern in STRIPPED for path in (program / "_internal").glob(pattern)]
    _run("strip", "--strip-unneeded", *libraries)


def _make_portable(program: Path, target: Path) -> None:
    _run("tar", "-C", program.parent, "--owner=0", "--group=0", "-czf", target, program.name)


def _make_deb(program: Path, icons: Path, root: Path, version: str, target: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(program, root / "opt" / APP, symlinks=True)
    _add_desktop_files(root / "usr" / "share", icons)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / APP).symlink_to(f"/opt/{APP}/{APP}")
    shutil.copytree(HERE / "debian", root / "DEBIAN")
    size_kib = sum(path.lstat().st_size for path in root.rglob("*")) // 1024
    control = (HERE / "debian" / "control").read_text(encoding="utf-8")
    depends = DEPENDS.format(glibc=_read_glibc())
    (root / "DEBIAN" / "control").write_text(
        control.format(version=version, size=size_kib, depends=depends), encoding="utf-8"
    )
    for script in ("postinst", "postrm"):
        (root / "DEBIAN" / script).chmod(0o755)
    _run("dpkg-deb", "--root-owner-group", "-Zxz", "--build", root, target)


def _make_appimage(program: Path, icons: Path, root: Path, runtime: Path, target: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(program, root / "opt" / APP, symlinks=True)
    _add_desktop_files(root / "usr" / "share", icons)
    (root / "AppRun").symlink_to(f"opt/{APP}/{APP}")
    shutil.copy(HERE / f"{APP}.desktop", root)
    shutil.copy(icons / "256.png", root / f"{APP}.png")
    squashed = root.with_suffix(".squashfs")
    squashed.unlink(missing_ok=True)
    _run(
        "mksquashfs", root, squashed, "-root-owned", "-noappend", "-quiet", "-comp", "zstd", "-Xcompression-level", "19"
    )
    target.write_bytes(runtime.read_bytes() + squashed.read_bytes())
    target.chmod(0o755)


def _add_desktop_files(share: Path, icons: Path) -> None:
    """The menu entry, its description for software centres, and the icon in all sizes."""
    (share / "applications").mkdir(parents=True)
    shutil.copy(HERE / f"{APP}.desktop", share / "applications")
    (share / "metainfo").mkdir()
    shutil.copy(HERE / f"{APP}.metainfo.xml", share / "metainfo")
    for icon in icons.glob("*.png"):
        folder = share / "icons" / "hicolor" / f"{icon.stem}x{icon.stem}" / "apps"
        folder.mkdir(parents=True)
        shutil.copy(icon, folder / f"{APP}.png")


def _read_glibc() -> str:
    """The version of the C library built against: an older one lacks functions that are used."""
    found = subprocess.run(["getconf", "GNU_LIBC_VERSION"], capture_output=True, text=True, check=True)
    return found.stdout.split()[1]


def _run(*command: str | Path) -> None:
    subprocess.run([*map(str, command)], check=True)
