"""Files are replaced atomically."""

import os
import time
from pathlib import Path

import pytest

from fer_desktop.system.files import open_private, read_small_file, replace_binary_file, replace_file, sweep_parts


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


def make_old(path: Path, *, hours: float = 2) -> Path:
    path.write_text("Ann")
    written = time.time() - hours * 3600
    os.utime(path, (written, written))
    return path


def test_what_a_killed_export_left_is_deleted_by_the_next_one_in_its_folder(tmp_path: Path) -> None:
    stale = make_old(tmp_path / ".lesson.csv.abcd1234.fer-desktop.part")
    former = make_old(tmp_path / ".report.html.abcd_234.part")
    kept = [
        make_old(tmp_path / ".other.csv.abcd1234.fer-desktop.part", hours=0.5),
        make_old(tmp_path / ".lesson.csv.abcd1234.part"),
        make_old(tmp_path / "film.part"),
    ]
    with replace_file(tmp_path / "report.html") as file:
        file.write("new")
    assert not stale.exists()
    assert not former.exists()
    assert all(path.exists() for path in kept)


def test_a_link_with_the_name_of_a_part_is_not_followed_nor_deleted(tmp_path: Path) -> None:
    target = make_old(tmp_path / "thesis.txt")
    (tmp_path / ".x.fer-desktop.part").symlink_to(target)
    sweep_parts(tmp_path)
    assert target.exists()


def test_the_longest_name_can_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / ("ä" * 120 + ".txt")
    with replace_file(path) as file:
        file.write("new")
    assert path.read_text() == "new"


def test_a_file_opened_for_writing_is_private_even_if_it_existed(tmp_path: Path) -> None:
    path = tmp_path / "frames.jsonl"
    path.write_text("older and longer")
    path.chmod(0o666)
    with open_private(path) as file:
        file.write("new")
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_large_file_and_a_pipe_are_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"12345")
    assert read_small_file(tmp_path / "large", 5) == b"12345"
    with pytest.raises(OSError, match="larger"):
        read_small_file(tmp_path / "large", 4)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not an ordinary file"):
        read_small_file(tmp_path / "pipe", 5)
