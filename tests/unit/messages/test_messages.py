"""Messages: typed when they are made, the same after storage, rendered in each language."""

import pytest

from fer_desktop.messages import ENGLISH, Message, MessageKey, literal, load_language
from fer_desktop.messages.message_texts import MESSAGE_TEXTS

HINDI = load_language("hi")


def make_example(key: MessageKey) -> Message:
    """A message of that key, with arguments of the types that it takes."""
    examples = {int: 130, str: "Zoom", object: literal("the disk is full")}
    return Message(key, **{name: examples[kind] for name, kind in MESSAGE_TEXTS[key].arguments.items()})  # type: ignore[arg-type]


def test_every_key_has_its_text() -> None:
    assert set(MESSAGE_TEXTS) == set(MessageKey)


@pytest.mark.parametrize("key", list(MessageKey))
def test_every_message_renders_and_comes_back_from_its_json(key: MessageKey) -> None:
    message = make_example(key)
    assert Message.from_json(message.to_json()) == message
    assert "{" not in ENGLISH.render(message)
    assert "{" not in HINDI.render(message)


def test_a_message_is_a_key_and_its_arguments() -> None:
    message = Message(MessageKey.EYES_CLOSED, closed=4, samples=6, lasted_s=30)
    assert message == Message(MessageKey.EYES_CLOSED, lasted_s=30, samples=6, closed=4)
    assert hash(message) == hash(Message(MessageKey.EYES_CLOSED, lasted_s=30, samples=6, closed=4))
    assert message.to_json() == '{"key":"flag.eyes_closed","closed":4,"lasted_s":30,"samples":6}'
    assert ENGLISH.render(message) == "eyes mostly closed for 30 s (unusual)"


@pytest.mark.parametrize(
    "arguments",
    [{}, {"lasted_s": "long"}, {"lasted_s": 1.5}, {"lasted_s": True}, {"lasted_s": 3, "more": 1}],
    ids=["missing", "text", "fraction", "truth", "too many"],
)
def test_arguments_that_a_message_does_not_take_are_refused(arguments: dict[str, int | str]) -> None:
    with pytest.raises(TypeError, match="no_face takes"):
        Message(MessageKey.NO_FACE, **arguments)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "7", "{}", '{"key":"nobody.knows"}', '{"key":"flag.no_face"}', '{"key":"literal","text":7}']
)
def test_what_is_no_message_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Message.from_json(text)


def test_words_from_outside_are_the_same_in_every_language() -> None:
    folder = literal("happy {n} camera off for 2 min")
    assert HINDI.render(folder) == ENGLISH.render(folder) == "happy {n} camera off for 2 min"
    covered = Message(MessageKey.WINDOW_COVERED, program="happy")
    assert "happy" in HINDI.render(covered)


def test_a_message_in_a_message_is_rendered_with_it() -> None:
    stopped = Message(MessageKey.RECORDING_STOPPED, error=Message(MessageKey.WINDOW_CLOSED))
    assert ENGLISH.render(stopped).startswith("Recording has stopped: the watched window is closed")
    assert "the watched" not in HINDI.render(stopped)


def test_numbers_of_things_have_their_plural() -> None:
    one, many = (Message(MessageKey.SOURCE_SIMULATED, n=n) for n in (1, 25))
    assert (ENGLISH.render(one), ENGLISH.render(many)) == ("Simulated class of one", "Simulated class of 25")


def test_texts_in_a_message_can_be_changed() -> None:
    message = Message(MessageKey.RECORDING_STOPPED, error=literal("Ann left"))
    assert message.map_texts(str.upper) == Message(MessageKey.RECORDING_STOPPED, error=literal("ANN LEFT"))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(45, "45 s"), (60, "1 min"), (100, "100 s"), (120, "2 min"), (179, "2 min"), (3900, "1 h 5 min")],
)
def test_durations_in_messages_are_as_precise_as_a_rule_that_can_be_set(seconds: int, words: str) -> None:
    assert ENGLISH.render(Message(MessageKey.CAMERA_OFF, lasted_s=seconds)) == f"camera off for {words}"
