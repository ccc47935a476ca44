"""No picture is ever written: all files that a whole run opens for writing are known."""

import re
from pathlib import Path

import pytest

from tests.e2e.traced import PICTURE_STARTS, Trace, trace_python

BACKUP = r"[-\dT]+Z\.sqlite"
KNOWN_FILES = re.compile(
    rf"""(?x)
    /dev/null | /dev/tty | /dev/shm/\S* | /dev/dri/\S* | /memfd:.* | /proc/self/\S* | pipe:.*
    | .*/\.local/share/fer-desktop/fer-desktop\.sqlite(-wal|-shm|-journal|-session-\d+\.lock)?
    | .*/\.local/share/fer-desktop/fer-desktop\.sqlite\.backups/in-progress\.lock
    | .*/\.local/share/fer-desktop/fer-desktop\.sqlite\.backups/{BACKUP}(\.part(-wal|-shm|-journal)?)?
    | .*/\.config/fer-desktop/(\.settings\.json\.\S+\.part | settings\.json)
    | .*/temporary/__autograph_generated_file\w+\.py  # TensorFlow's own code, removed at once
    | .*/temporary/[a-z0-9_]{{8}}  # Python looks whether the folder can be written
    """
)


def test_the_trace_finds_a_picture_under_any_name(tmp_path: Path) -> None:
    code = "from PIL import Image\nfrom pathlib import Path\n"
    code += "for kind in ('PNG', 'JPEG', 'GIF', 'WebP', 'TIFF'):\n"
    code += "    Image.new('RGB', (40, 40)).save(f'{kind}.dat', kind)\n"
    code += "Path('gone.dat').write_bytes(Path('PNG.dat').read_bytes())\nPath('gone.dat').unlink()\n"
    trace = trace_python(code, tmp_path)
    assert sorted(trace.written_pictures) == ["GIF", "JPEG", "PNG", "PNG", "TIFF, little-endian", "WebP or AVI"]
    assert len(_unknown(trace)) == 6
    assert len(_pictures_left(trace)) == 5


@pytest.mark.parametrize("run", ["traced_analysis", "traced_demo"])
def test_a_run_writes_only_its_database(run: str, request: pytest.FixtureRequest) -> None:
    trace: Trace = request.getfixturevalue(run)
    assert _unknown(trace) == []
    assert trace.written_pictures == []
    assert _pictures_left(trace) == []
    left = {path.name for path in trace.files_left}
    assert "fer-desktop.sqlite" in left
    assert all(re.fullmatch(BACKUP, name) for name in left - {"fer-desktop.sqlite"})


def _unknown(trace: Trace) -> list[str]:
    return sorted(path for path in trace.written_files if KNOWN_FILES.fullmatch(path) is None)


def _pictures_left(trace: Trace) -> list[str]:
    """Files that are a picture or contain one."""
    marks = [mark for kind, mark in PICTURE_STARTS.items() if len(mark) > 3 or kind == "JPEG"]
    return [path.name for path in trace.files_left if any(mark in path.read_bytes() for mark in marks)]
