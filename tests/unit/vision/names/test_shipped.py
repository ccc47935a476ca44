"""The shipped text networks are those that their card describes."""

import hashlib
import re

import pytest

from fer_desktop.vision.names.text_networks import SHIPPED_FOLDER, TextNetworks

CARD = (SHIPPED_FOLDER / "MODEL_CARD.md").read_text(encoding="utf-8")


SCRIPTS = sorted(path.name for path in (SHIPPED_FOLDER / "scripts").iterdir())


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_card_has_the_hash_of_each_scripts_network(name: str) -> None:
    digest = hashlib.sha256((SHIPPED_FOLDER / "scripts" / name).read_bytes()).hexdigest()
    assert f"| `{name}` | `{digest}` |" in CARD


@pytest.mark.parametrize("name", ["text_finder.tflite", "text_recogniser.tflite", "alphabet.txt"])
def test_the_card_has_the_hash_of_the_file(name: str) -> None:
    stated = re.search(rf"`{re.escape(name)}`.*`([0-9a-f]{{64}})`", CARD)
    assert stated is not None
    assert stated[1] == hashlib.sha256((SHIPPED_FOLDER / name).read_bytes()).hexdigest()


def test_the_licence_stands_beside_them() -> None:
    assert "Apache License" in (SHIPPED_FOLDER / "LICENSE-Apache-2.0.txt").read_text(encoding="utf-8")


def test_the_alphabet_has_every_letter_once() -> None:
    alphabet = TextNetworks().alphabet
    assert len(alphabet) == 18710
    assert len(set(alphabet)) == len(alphabet)
    assert set("abcxyzABCXYZ0123456789éüçığłøßñžřșđåæœ'-. …") <= set(alphabet)
