"""What was shared last is kept in a private file, and forgotten on request."""

from pathlib import Path

import pytest

from fer_desktop.portal.share_memory import LastShare, ShareMemory


def test_it_is_kept_and_replaced_and_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "config" / "shared.json"
    memory = ShareMemory(path)
    assert memory.load() is None
    for share in (LastShare("window", "first"), LastShare("monitor", "second")):
        memory.keep(share)
        assert ShareMemory(path).load() == share
    assert path.stat().st_mode & 0o077 == 0
    memory.forget()
    memory.forget()
    assert (memory.load(), list(path.parent.iterdir())) == (None, [])


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"kind": "camera", "token": "x"}', b'{"kind": "window", "token": 7}', b"\xff", b"[" * 9000],
)
def test_a_damaged_file_is_as_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "shared.json"
    path.write_bytes(content)
    assert ShareMemory(path).load() is None


def test_where_it_cannot_be_kept_watching_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    memory = ShareMemory(tmp_path / "file" / "shared.json")
    memory.keep(LastShare("window", "first"))
    assert memory.load() is None
