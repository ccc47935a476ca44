"""Computers without PipeWire, or with one that is too old."""

import pytest

from fer_desktop.errors import SourceError
from fer_desktop.messages import MessageKey
from fer_desktop.portal.libpipewire import load_library
from tests.raising import raises_message


def _fail(name: str) -> None:
    raise OSError(f"{name}: cannot open shared object file")


@pytest.mark.parametrize("load", [_fail, lambda _: object()], ids=["missing", "without the functions"])
def test_the_package_to_install_is_named(load: object) -> None:
    with raises_message(SourceError, MessageKey.PIPEWIRE_MISSING) as caught:
        load_library(load)  # type: ignore[arg-type]
    assert "libpipewire-0.3-0" in str(caught.value)
