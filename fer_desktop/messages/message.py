"""A message: what is to be said, as data. Its text is rendered where it is shown, by a `Language`."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from fer_desktop.messages.keys import MessageKey

if TYPE_CHECKING:
    from fer_desktop.messages.message_texts import MessageText

Argument = Union[int, str, "Message"]


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """A key and typed arguments, nothing else. `TypeError` for arguments that its text does not take."""

    key: MessageKey
    arguments: tuple[tuple[str, Argument], ...]

    def __init__(self, key: MessageKey, /, **arguments: Argument) -> None:
        _check(key, arguments)
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "arguments", tuple(sorted(arguments.items())))

    def to_json(self) -> str:
        """As stored: `{"key": "flag.no_face", "lasted_s": 130}`."""
        return json.dumps(_to_plain(self), ensure_ascii=False, separators=(",", ":"))

    def map_texts(self, change: Callable[[str], str]) -> "Message":
        """The same with every text in its arguments changed, as to take names out of it."""
        changed = {
            name: value.map_texts(change)
            if isinstance(value, Message)
            else change(value)
            if isinstance(value, str)
            else value
            for name, value in self.arguments
        }
        return Message(self.key, **changed)

    @classmethod
    def from_json(cls, text: str) -> "Message":
        """Reads what `to_json` wrote. `ValueError` for anything else, also for keys of a newer version."""
        try:
            return _from_plain(json.loads(text))
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"no message: {text!r}") from error


def literal(text: str) -> Message:
    """Words that are the same in every language: a file's name, an error of the system."""
    return Message(MessageKey.LITERAL, text=text)


def find_text(key: MessageKey) -> "MessageText":
    """The English text of a key and the types of its arguments."""
    from fer_desktop.messages.message_texts import MESSAGE_TEXTS  # 4 ms, which `--help` need not wait for

    return MESSAGE_TEXTS[key]


def _check(key: MessageKey, arguments: Mapping[str, Argument]) -> None:
    wanted = find_text(key).arguments
    if wanted.keys() != arguments.keys():
        raise TypeError(f"{key} takes {sorted(wanted)}, not {sorted(arguments)}")
    for name, kind in wanted.items():
        allowed = (str, Message) if kind is object else (kind,)
        if not isinstance(arguments[name], allowed) or isinstance(arguments[name], bool):
            raise TypeError(f"{key} takes {name} as {kind.__name__}, not {arguments[name]!r}")


def _to_plain(message: Message) -> dict[str, object]:
    plain: dict[str, object] = {"key": str(message.key)}
    for name, value in message.arguments:
        plain[name] = _to_plain(value) if isinstance(value, Message) else value
    return plain


def _from_plain(plain: dict[str, object]) -> Message:
    arguments = {
        name: _from_plain(value) if isinstance(value, dict) else value for name, value in plain.items() if name != "key"
    }
    return Message(MessageKey(plain["key"]), **arguments)  # type: ignore[arg-type]  # checked where it is made
