"""Linux: a portable folder as .tar.gz, a Debian package, and an AppImage."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

from linux.elf import find_libraries, read_needed

HERE: Final = Path(__file__).parent
APP: Final = "fer-desktop"
SYSTEM_LIBRARIES: Final = {
    **dict.fromkeys(("ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0"), "libc6"),
    **dict.fromkeys(("libresolv.so.2", "librt.so.1"), "libc6"),
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
}
"""What the folder does not bring, as it must fit the graphics driver and the desktop; the Debian packages that do."""
OTHER_PACKAGES: Final = ("libfontconfig1", "libdbus-1-3", "fonts-dejavu-core", "debconf")


def build_packages(program: Path, icons: Path, version: str, runtime: Path | None) -> None:
    """Writes the three files beside `program`, the folder that PyInstaller made. `runtime`: of the AppImage."""
    _check_libraries(program)
    build = icons.parent
    name = f"{APP}-{version}-linux-x86_64"
    _make_portable(program, program.parent / f"{name}.tar.gz")
    _make_deb(program, icons, build / "deb", version, program.parent / f"{APP}_{version}_amd64.deb")
    if runtime is None:
        print("No AppImage: --appimage-runtime names no runtime (installers/README.md).")  # noqa: T201
    else:
        _make_appimage(program, icons, build / "AppDir", runtime, program.parent / f"{name}.AppImage")


def _check_libraries(program: Path) -> None:
    """Ends the build where a library needs one that is neither in the folder nor on every desktop."""
    libraries = find_libraries(program)
    known = {path.name for path in libraries} | SYSTEM_LIBRARIES.keys()
    lacking = {f"{path.name} needs {name}" for path in libraries for name in read_needed(path) - known}
    if lacking:
        raise SystemExit("\n".join(sorted(lacking)))


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
    packages = sorted({*SYSTEM_LIBRARIES.values(), *OTHER_PACKAGES})
    depends = ", ".join(name.replace("libc6", f"libc6 (>= {_read_glibc()})") for name in packages)
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
