"""Expects errors by the key of their message, not by its wording."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from fer_desktop.errors import FerDesktopError
from fer_desktop.messages import Argument, MessageKey


@contextmanager
def raises_message(
    error: type[FerDesktopError], key: MessageKey, /, **arguments: Argument
) -> Iterator["pytest.ExceptionInfo[FerDesktopError]"]:
    """Passes where the block raises `error` with a message of that key that has `arguments` among its own."""
    with pytest.raises(error) as caught:
        yield caught
    message = caught.value.message
    assert message.key == key
    assert dict(message.arguments) | arguments == dict(message.arguments)
