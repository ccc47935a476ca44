"""Puts an export into a ZIP file that a password encrypts: AES-256, https://www.winzip.com/aes_info.

7-Zip, macOS's and Windows 11's tools and others open it. The export is made in memory: it never is in clear text on the
disk.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from fer_desktop.system.files import replace_binary_file

ENDING: Final = ".zip"
_KEY_BITS: Final = 256


@contextmanager
def replace_encrypted_file(path: Path, *, password: str, inner_ending: str, text: bool) -> Iterator[IO[Any]]:
    """Opens a file in memory, which becomes the only one in the ZIP file that replaces `path` when the block ends.

    Its name is neutral, as names in a ZIP file are not encrypted. `text`: UTF-8, line ends as written, else bytes.
    Raises `OSError`.
    """
    content = io.BytesIO()
    file: IO[Any] = io.TextIOWrapper(content, encoding="utf-8", newline="") if text else content
    yield file
    file.flush()
    with replace_binary_file(path) as target:
        _write_zip(target, f"lesson.{inner_ending}", content.getvalue(), password)


def _write_zip(target: IO[bytes], name: str, content: bytes, password: str) -> None:
    import pyzipper

    with pyzipper.AESZipFile(target, "w", compression=pyzipper.ZIP_DEFLATED) as archive:
        archive.setpassword(password.encode())
        archive.setencryption(pyzipper.WZ_AES, nbits=_KEY_BITS)
        archive.writestr(name, content)
