"""Reads lines in the scripts that the text recogniser does not know, with a network for each.

The networks are small and each is loaded when it is first tried: `shipped/MODEL_CARD.md` says what they are and how
they were made. All but the Bengali one are Tesseract's: where `tesserocr` is not installed, these are not read.
"""

import importlib.util
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from fer_desktop.roster.names import fold_name
from fer_desktop.system.model_files import SCRIPT_NETWORKS, ModelFile, check_model_file
from fer_desktop.types import Image
from fer_desktop.vision.names.bengali_network import BengaliNetwork
from fer_desktop.vision.names.line_views import View, show_line
from fer_desktop.vision.names.reading import Reading
from fer_desktop.vision.names.text_networks import Network

_SINGLE_LINE: Final = 7
_BARE_LINE: Final = 13
_LSTM_ONLY: Final = 1
"""Tesseract's page segmentation modes and engine mode."""


@dataclass(frozen=True, slots=True)
class Script:
    """A script, its network, and how a line in it is read.

    `unicode_name`: how the Unicode names of its letters begin. `views`: the ways in which a line is shown, until
    one text leads.
    """

    unicode_name: str
    network: ModelFile
    views: tuple[View, ...] = (View(48),)
    lead: int = 2
    """By so many readings a text leads when no more are made. 0: two alike are enough, where views differ most."""
    min_confidence: float = 0.82
    """Of a reading that no other confirms, or in a script that was not met before. The Bengali network's is that of its
    least sure sign, and it reads next to nothing in lines of other scripts."""

    def count_share(self, text: str) -> float:
        """Share of the text's letters that are of this script."""
        letters = [letter for letter in text if letter.isalpha()]
        own = sum(unicodedata.name(letter, "").startswith(self.unicode_name) for letter in letters)
        return own / len(letters) if letters else 0.0


SCRIPTS: Final = (
    Script(
        "BENGALI",
        SCRIPT_NETWORKS["bengali"],
        (View(32), View(28), View(30), View(32, shift_px=2), View(29, shift_px=1)),
        min_confidence=0.6,
    ),
    Script("CYRILLIC", SCRIPT_NETWORKS["cyrillic"]),
    Script("HANGUL", SCRIPT_NETWORKS["hangul"]),
    Script("GREEK", SCRIPT_NETWORKS["greek"]),
    Script("HEBREW", SCRIPT_NETWORKS["hebrew"]),
    Script(
        "DEVANAGARI",
        SCRIPT_NETWORKS["devanagari"],
        (View(28, cut_out=True), View(36, cut_out=True), View(40), View(48)),
    ),
    Script(
        "TAMIL",
        SCRIPT_NETWORKS["tamil"],
        (View(40), View(28, cut_out=True), View(48), View(24, cut_out=True), View(56), View(32, cut_out=True)),
    ),
    Script(
        "THAI",
        SCRIPT_NETWORKS["thai"],
        (
            View(28, cut_out=True),
            View(32),
            View(48),
            View(36, bare=True),
            View(36),
            View(36, cut_out=True),
            View(28),
        ),
    ),
    Script(
        "ARABIC",
        SCRIPT_NETWORKS["arabic"],
        (View(36, bare=True), View(40), View(48), View(20, cut_out=True), View(28, bare=True), View(32)),
        lead=0,
    ),
)
"""In the order in which they are tried; the views are those that read most names right, see `_Config`."""
_BENGALI: Final = SCRIPT_NETWORKS["bengali"]
VIETNAMESE: Final = Script("LATIN", SCRIPT_NETWORKS["vietnamese"], (View(40), View(48), View(56)))


@dataclass(frozen=True, slots=True)
class _Config:
    """Measured on names of each script and on Latin ones, drawn 10 to 17 px high.

    A network of Tesseract has a confidence of .82 or more for most names that it reads right, those of other scripts up
    to .88 (Thai, for two or three Korean letters) and rarely above .8.
    """

    likely_confidence: float = 0.4
    """Of the better of two readings; below it, a line is not read at further heights."""
    min_agreed_confidence: float = 0.6
    """Of the surer of two readings that are alike, in a script that was met before."""
    min_correction: float = 0.88
    """Of a reading that corrects the recogniser's."""
    never_corrected: float = 0.985
    """The recogniser is this sure of most Latin letters, and of few Cyrillic ones that look like them. Of names with a
    letter that is not Vietnamese, as "ü", it was sure by .998 or more in most European ones, by .98 at most where it
    took Vietnamese letters for such ones.
    """
    min_share: float = 0.9
    min_letters: int = 3
    """Fewer letters of a script that was not met before are not enough: signs read from a picture."""
    max_fruitless: int = 100
    """After so many lines in which no script was found, only scripts that were met before are tried."""
    max_unknown: int = 3
    """Letters of a Vietnamese name that the recogniser may leave out, as it does not know their marks."""


_CONFIG: Final = _Config()


class LineNetwork(Protocol):
    """Reads a line in one script; see `_Tesseract`."""

    def read(self, line: Image, ink: float, view: View) -> Reading:
        """`line`: blue, green, red. `ink`: the brightness of its letters. `view`: how the line is shown."""
        ...


class ScriptReader:
    """Reads lines that the text recogniser cannot read, or may have mistaken. For one thread."""

    def __init__(self, make_network: "NetworkMaker | None" = None) -> None:
        """`make_network`: by default our own for Bengali, and Tesseract's where it is installed."""
        self._make_network = make_network or _make_network
        self._networks: dict[str, LineNetwork | None] = {}
        self._met: Counter[str] = Counter()
        self._fruitless = 0

    def read(self, line: Image, *, ink: float) -> Reading | None:
        """The text of a line that could not be read otherwise; None where it is in none of the scripts.

        `line`: blue, green, red. `ink`: the brightness of its letters. Raises `ModelError`.
        """
        for script in self._order():
            reading = self._read_in(script, line, ink)
            if reading is not None:
                self._met[script.unicode_name] += 1
                return reading
        self._fruitless += 1
        return self._read_vietnamese(line, ink, None) if self._met[_VIETNAMESE] else None

    def correct(self, line: Image, reading: Reading, *, ink: float) -> Reading:
        """The reading, or what the line says if it is in a script that was met in this lesson: some letters look alike.

        Vietnamese marks, of which the recogniser knows few, are added where the letters below them are the same.
        """
        if not reading.text.isascii() or self._met[_VIETNAMESE]:
            marked = self._read_vietnamese(line, ink, reading)
            if marked is not None:
                return marked
        for script in self._order() if reading.confidence < _CONFIG.never_corrected else ():
            if self._met[script.unicode_name]:
                other = self._read_in(script, line, ink)
                if other is not None and other.confidence >= _CONFIG.min_correction:
                    return other
        return reading

    def _order(self) -> Sequence[Script]:
        """The scripts to try: those that were met most often first."""
        scripts = sorted(SCRIPTS, key=lambda script: -self._met[script.unicode_name])
        if self._fruitless > _CONFIG.max_fruitless:
            return [script for script in scripts if self._met[script.unicode_name]]
        return scripts

    def _read_in(self, script: Script, line: Image, ink: float) -> Reading | None:
        """The line's text; None where the script's own networks are not sure of it."""
        votes = self._vote(script, line, ink)
        reading = votes.choose()
        is_known = self._met[script.unicode_name] > 0
        letters = sum(letter.isalpha() for letter in reading.text)
        if script.count_share(reading.text) < _CONFIG.min_share or not (is_known or letters >= _CONFIG.min_letters):
            return None
        return reading if votes.are_sure(reading, is_known=is_known) else None

    def _vote(self, script: Script, line: Image, ink: float) -> "_Votes":
        """Reads the line until one text leads, or in all views."""
        votes = _Votes(script)
        network = self._load(script.network)
        if network is None:
            return votes
        for view in script.views:
            votes.add(network.read(line, ink, view))
            if votes.are_decided() or votes.are_unlikely():
                break
        return votes

    def _load(self, file: ModelFile) -> LineNetwork | None:
        """The network, loaded at its first use; None where none can be."""
        if file.name not in self._networks:
            self._networks[file.name] = self._make_network(check_model_file(file))
        return self._networks[file.name]

    def _read_vietnamese(self, line: Image, ink: float, plain: Reading | None) -> Reading | None:
        """The name with its marks; None where it has none. `plain`: as the recogniser reads it, where it can.

        Where the recogniser lost letters that it does not know, two readings that are alike count as in other scripts.
        """
        if plain is not None and plain.confidence >= _CONFIG.never_corrected and _is_of_another_language(plain.text):
            return None
        votes = self._vote(VIETNAMESE, line, ink)
        marked = votes.choose()
        if not any(letter in _ONLY_VIETNAMESE for letter in marked.text):
            return None
        if plain is not None and not _continues(plain.text, marked.text):
            return None
        is_incomplete = plain is None or len(fold_name(plain.text)) < len(fold_name(marked.text))
        if not votes.are_sure(marked, is_known=is_incomplete and self._met[_VIETNAMESE] > 0):
            return None
        self._met[_VIETNAMESE] += 1
        return marked


class _Votes:
    """The readings of a line in the views of a script."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self._readings: list[Reading] = []

    def add(self, reading: Reading) -> None:
        """Counts one reading of the script's network."""
        self._readings.append(reading)

    def are_decided(self) -> bool:
        """Whether the text that was read most often is agreed, and no other comes near."""
        text = self.choose().text
        return self._is_agreed(text) and self._measure_lead(text) >= self._script.lead

    def are_unlikely(self) -> bool:
        """Whether the first two readings show that the line is not in this script."""
        confidences = [reading.confidence for reading in self._readings]
        return len(confidences) == 2 and max(confidences) < _CONFIG.likely_confidence

    def choose(self) -> Reading:
        """The text that was read most often, and of two such ones with more confidence; with its highest confidence."""
        counts = self._count()
        weights: Counter[str] = Counter()
        for reading in self._readings:
            weights[reading.text] += round(1000 * reading.confidence)
        text = max(counts, key=lambda each: (counts[each], weights[each]), default="")
        return Reading(text, self._find_confidence(text))

    def are_sure(self, reading: Reading, *, is_known: bool) -> bool:
        """Whether the chosen reading counts. `is_known`: the script was met before."""
        if self._measure_lead(reading.text) < min(1, self._script.lead):
            return False
        if is_known and self._is_agreed(reading.text):
            return True
        return reading.confidence >= self._script.min_confidence

    def _is_agreed(self, text: str) -> bool:
        is_alike = self._count()[text] >= 2
        return is_alike and self._find_confidence(text) >= _CONFIG.min_agreed_confidence

    def _measure_lead(self, text: str) -> int:
        counts = self._count()
        return counts.pop(text, 0) - max(counts.values(), default=0)

    def _count(self) -> Counter[str]:
        return Counter(reading.text for reading in self._readings if reading.text)

    def _find_confidence(self, text: str) -> float:
        return max((reading.confidence for reading in self._readings if reading.text == text), default=0.0)


class NetworkMaker(Protocol):
    """Loads a script's network; None where it cannot be run."""

    def __call__(self, path: Path, /) -> LineNetwork | None: ...


def _make_network(path: Path) -> LineNetwork | None:
    if path.name == _BENGALI.name:
        return BengaliNetwork(Network(_BENGALI, path.parent))
    return _Tesseract(path) if importlib.util.find_spec("tesserocr") else None


class _Tesseract:
    """One of Tesseract's LSTM networks, without a dictionary: names are in none."""

    def __init__(self, path: Path) -> None:
        import tesserocr

        self._api: Any = tesserocr.PyTessBaseAPI(
            path=str(path.parent), lang=path.stem, psm=_SINGLE_LINE, oem=_LSTM_ONLY
        )
        self._keeps_joiners = path.stem in _SPELT_WITH_JOINERS

    def read(self, line: Image, ink: float, view: View) -> Reading:
        self._api.SetPageSegMode(_BARE_LINE if view.bare else _SINGLE_LINE)
        shown = show_line(line, ink, view)
        height, width = shown.shape
        self._api.SetImageBytes(shown.tobytes(), width, height, 1, width)
        text = self._api.GetUTF8Text()
        confidence = self._api.MeanTextConf() / 100
        if not self._keeps_joiners:
            text = text.translate(_NO_JOINERS)
        return Reading(mend_signs(" ".join(text.split()).strip(_STRAY_SIGNS)), confidence)


def mend_signs(text: str) -> str:
    """The text with the signs that the networks never read right: vowels in halves or twice, and rare letters.

    The right half of the Tamil au looks like the letter "ள". The halves of the Thai am are characters of their own, and
    below a tone mark the ring is taken for another one, or missed: in "น้ำ", water, and "ล้ำ", superb, both in names.
    """
    text = _TAMIL_AU.sub("\\1\u0bcc", _TAMIL_INITIAL_AU.sub("ஔ", text))
    text = _THAI_AM.sub("\\1\u0e33", _THAI_AM_AS_TONES.sub("\\1\u0e33", text))
    return _THAI_WATER_OR_SUPERB.sub("\\1\u0e49\u0e33", _TWICE.sub("\\1", text))


_TAMIL_AU: Final = re.compile(r"([\u0b95-\u0bb9])\u0bc6ள(?![\u0bbe-\u0bcd])")
_TAMIL_INITIAL_AU: Final = re.compile(r"ஒள(?![\u0bbe-\u0bcd])")
"""Where "ள" has a sign of its own, as in "வெளி" and "ஒளி", it is a letter."""
_THAI_AM: Final = re.compile(r"\u0e4d([\u0e48-\u0e4b]?)\u0e32")
"""A tone mark may stand between its halves."""
_THAI_AM_AS_TONES: Final = re.compile(r"([\u0e48-\u0e4b])[\u0e48-\u0e4b]\u0e32")
_THAI_WATER_OR_SUPERB: Final = re.compile(r"(?:(?<!ห)(?=น)|(?<![ก-ฮ])(?=ล\u0e49\u0e32(?![นง])))(.)\u0e49\u0e32")
"""Not in words as "หน้า", face, "กล้า", brave, "ล้าน", million. What they may be, "aunt" and "tired", is in no name."""
_TWICE: Final = re.compile(r"([โใไ\u094d\u0bcd])\1+")
"""Thai vowels that stand before their letter, and the viramas of Devanagari and Tamil: never two in a row."""
_SPELT_WITH_JOINERS: Final = ("arabic",)
_NO_JOINERS: Final = dict.fromkeys((0x200C, 0x200D))
"""Tesseract puts joiners between many Tamil letters; only in Persian names they belong to the spelling."""
_STRAY_SIGNS: Final = " .,،'\"‘’“”|¦`·-_:;।॥!?[](){}"
_VIETNAMESE: Final = "VIETNAMESE"
_ONLY_VIETNAMESE: Final = frozenset("ĂăĐđĨĩŨũƠơƯư") | {chr(code) for code in range(0x1EA0, 0x1EFA)}
_VIETNAMESE_SIGNS: Final = frozenset("Đđ\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
"""The letters that are no others with marks, and the marks."""


def _is_of_another_language(text: str) -> bool:
    """Whether it has a letter that no Vietnamese name has, such as "ü"."""
    return any(not sign.isascii() and sign not in _VIETNAMESE_SIGNS for sign in unicodedata.normalize("NFD", text))


def _continues(read: str, marked: str) -> bool:
    """Whether all letters that were read are in the marked name, in order, and few others are."""
    plain, whole = fold_name(read), fold_name(marked)
    letters = iter(whole)
    return len(whole) - len(plain) <= _CONFIG.max_unknown and all(letter in letters for letter in plain)
