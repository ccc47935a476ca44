"""Files are replaced atomically."""

import os
from pathlib import Path

import pytest

from fer_desktop.system.files import replace_binary_file, replace_file


def test_a_file_is_replaced_when_the_new_one_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with replace_file(path) as file:
        file.write("ä\r\n")
        assert path.read_text() == "old"
    assert path.read_bytes() == "ä\r\n".encode()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_failure_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")

    def write_half() -> None:
        with replace_file(path) as file:
            file.write("half")
            raise RuntimeError("power")

    with pytest.raises(RuntimeError, match="power"):
        write_half()
    assert path.read_text() == "old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.txt", "home"]


def test_only_an_ordinary_file_is_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (pipe, tmp_path, Path("/dev/null")):
        with pytest.raises(OSError, match="not an ordinary file"), replace_file(path):
            pytest.fail("nothing may be opened")
    assert pipe.is_fifo()


def test_a_binary_file_is_replaced_too(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_text("old")
    with replace_binary_file(path) as file:
        file.write(b"\0\xff")
        assert path.read_text() == "old"
    assert path.read_bytes() == b"\0\xff"
    assert path.stat().st_mode & 0o777 == 0o600
