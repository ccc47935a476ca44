"""Reads lines in the scripts that the text recogniser does not know, with Tesseract's networks for them.

The networks are small and each is loaded when it is first tried: `shipped/MODEL_CARD.md` says what they are and how
they were made. Where `tesserocr` is not installed, names in these scripts are not read.
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
from fer_desktop.vision.names.line_views import View, show_line
from fer_desktop.vision.names.reading import Reading

_SINGLE_LINE: Final = 7
_BARE_LINE: Final = 13
_LSTM_ONLY: Final = 1
"""Tesseract's page segmentation modes and engine mode."""


@dataclass(frozen=True, slots=True)
class Script:
    """A script, its networks, and how a line in it is read.

    `unicode_name`: how the Unicode names of its letters begin. `views`: the ways in which a line is shown, until
    one text leads. Of two networks one reading each must be alike, as each repeats its own mistakes.
    """

    unicode_name: str
    networks: tuple[ModelFile, ...]
    views: tuple[View, ...] = (View(48),)
    lead: int = 2
    """By so many readings a text leads when no more are made. 0: two alike are enough, where views differ most."""

    def count_share(self, text: str) -> float:
        """Share of the text's letters that are of this script."""
        letters = [letter for letter in text if letter.isalpha()]
        own = sum(unicodedata.name(letter, "").startswith(self.unicode_name) for letter in letters)
        return own / len(letters) if letters else 0.0


def _find_networks(*names: str) -> tuple[ModelFile, ...]:
    return tuple(SCRIPT_NETWORKS[name] for name in names)


SCRIPTS: Final = (
    Script("CYRILLIC", _find_networks("cyrillic")),
    Script("HANGUL", _find_networks("hangul")),
    Script("GREEK", _find_networks("greek")),
    Script("HEBREW", _find_networks("hebrew")),
    Script(
        "DEVANAGARI",
        _find_networks("devanagari"),
        (View(28, cut_out=True), View(36, cut_out=True), View(40), View(48)),
    ),
    Script(
        "BENGALI",
        _find_networks("bengali", "bengali_assamese"),
        (
            View(20, cut_out=True, network=1),
            View(48),
            View(36, bare=True),
            View(40, network=1),
            View(36, bare=True, network=1),
            View(28, cut_out=True),
            View(28, cut_out=True, network=1),
            View(40),
            View(20, cut_out=True),
            View(48, network=1),
            View(36, network=1),
            View(36),
            View(36, cut_out=True, network=1),
            View(36, cut_out=True),
        ),
    ),
    Script(
        "TAMIL",
        _find_networks("tamil"),
        (View(40), View(28, cut_out=True), View(48), View(24, cut_out=True), View(56), View(32, cut_out=True)),
    ),
    Script(
        "THAI",
        _find_networks("thai"),
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
        _find_networks("arabic"),
        (View(36, bare=True), View(40), View(48), View(20, cut_out=True), View(28, bare=True), View(32)),
        lead=0,
    ),
)
"""In the order in which they are tried; the views are those that read most names right, see `_Config`."""
VIETNAMESE: Final = Script("LATIN", _find_networks("vietnamese"), (View(40), View(48), View(56)))


@dataclass(frozen=True, slots=True)
class _Config:
    """Measured on names of each script and on Latin ones, drawn 10 to 17 px high.

    A script's own network has a confidence of .82 or more for most names that it reads right, those of other scripts up
    to .88 (Thai, for two or three Korean letters) and rarely above .8.
    """

    likely_confidence: float = 0.4
    """Of the better of two readings; below it, a line is not read at further heights."""
    min_confidence: float = 0.82
    min_agreed_confidence: float = 0.6
    """Of the surer of two readings that are alike, in a script that was met before."""
    min_alone_of_two: float = 0.88
    """Of a reading with which the script's other network does not agree."""
    min_correction: float = 0.88
    """Of a reading that corrects the recogniser's."""
    never_corrected: float = 0.985
    """The recogniser is this sure of most Latin letters, and of few Cyrillic ones that look like them."""
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

    def read(self, line: Image, *, bare: bool) -> Reading:
        """`line`: grey, dark letters on light ground. `bare`: as of `View`."""
        ...


class ScriptReader:
    """Reads lines that the text recogniser cannot read, or may have mistaken. For one thread."""

    def __init__(self, make_network: "NetworkMaker | None" = None) -> None:
        """`make_network`: by default Tesseract's, or none where it is not installed."""
        self._make_network = make_network or (_Tesseract if importlib.util.find_spec("tesserocr") else None)
        self._networks: dict[str, LineNetwork] = {}
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
        votes = _Votes(networks_needed=len(script.networks), lead=script.lead)
        for view in script.views:
            network = self._load(script.networks[view.network])
            if network is None:
                break
            votes.add(view.network, network.read(show_line(line, ink, view), bare=view.bare))
            if votes.are_decided() or votes.are_unlikely():
                break
        return votes

    def _load(self, file: ModelFile) -> LineNetwork | None:
        """The network, loaded at its first use; None where none can be."""
        if self._make_network is not None and file.name not in self._networks:
            self._networks[file.name] = self._make_network(check_model_file(file))
        return self._networks.get(file.name)

    def _read_vietnamese(self, line: Image, ink: float, plain: Reading | None) -> Reading | None:
        """The name with its marks; None where it has none. `plain`: as the recogniser reads it, where it can.

        Where the recogniser lost letters that it does not know, two readings that are alike count as in other scripts.
        """
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
    """The readings of a line in several views. `networks_needed`: so many have to read a text before it is agreed.
    `lead`: as of `Script`.
    """

    def __init__(self, *, networks_needed: int, lead: int) -> None:
        self._lead = lead
        self._networks_needed = networks_needed
        self._readings: list[tuple[int, Reading]] = []

    def add(self, network: int, reading: Reading) -> None:
        """Counts one reading of one of the script's networks."""
        self._readings.append((network, reading))

    def are_decided(self) -> bool:
        """Whether the text that was read most often is agreed, and no other comes near."""
        text = self.choose().text
        return self._is_agreed(text) and self._measure_lead(text) >= self._lead

    def are_unlikely(self) -> bool:
        """Whether the first two readings show that the line is not in this script."""
        confidences = [reading.confidence for _, reading in self._readings]
        return len(confidences) == 2 and max(confidences) < _CONFIG.likely_confidence

    def choose(self) -> Reading:
        """The text that was read most often, and of two such ones with more confidence; with its highest confidence."""
        counts = self._count()
        weights: Counter[str] = Counter()
        for _, reading in self._readings:
            weights[reading.text] += round(1000 * reading.confidence)
        text = max(counts, key=lambda each: (counts[each], weights[each]), default="")
        return Reading(text, self._find_confidence(text))

    def are_sure(self, reading: Reading, *, is_known: bool) -> bool:
        """Whether the chosen reading counts. `is_known`: the script was met before."""
        if self._measure_lead(reading.text) < min(1, self._lead):
            return False
        is_agreed = self._is_agreed(reading.text)
        if is_agreed and is_known:
            return True
        is_alone = self._networks_needed > 1 and not is_agreed
        return reading.confidence >= (_CONFIG.min_alone_of_two if is_alone else _CONFIG.min_confidence)

    def _is_agreed(self, text: str) -> bool:
        networks = [network for network, reading in self._readings if reading.text == text]
        is_alike = len(networks) >= 2 and len(set(networks)) >= self._networks_needed
        return is_alike and bool(text) and self._find_confidence(text) >= _CONFIG.min_agreed_confidence

    def _measure_lead(self, text: str) -> int:
        counts = self._count()
        return counts.pop(text, 0) - max(counts.values(), default=0)

    def _count(self) -> Counter[str]:
        return Counter(reading.text for _, reading in self._readings if reading.text)

    def _find_confidence(self, text: str) -> float:
        return max((reading.confidence for _, reading in self._readings if reading.text == text), default=0.0)


class NetworkMaker(Protocol):
    """Loads a script's network."""

    def __call__(self, path: Path, /) -> LineNetwork: ...


class _Tesseract:
    """One of Tesseract's LSTM networks, without a dictionary: names are in none."""

    def __init__(self, path: Path) -> None:
        import tesserocr

        self._api: Any = tesserocr.PyTessBaseAPI(
            path=str(path.parent), lang=path.stem, psm=_SINGLE_LINE, oem=_LSTM_ONLY
        )
        self._keeps_joiners = path.stem in _SPELT_WITH_JOINERS

    def read(self, line: Image, *, bare: bool) -> Reading:
        self._api.SetPageSegMode(_BARE_LINE if bare else _SINGLE_LINE)
        height, width = line.shape
        self._api.SetImageBytes(line.tobytes(), width, height, 1, width)
        text = self._api.GetUTF8Text()
        confidence = self._api.MeanTextConf() / 100
        if not self._keeps_joiners:
            text = text.translate(_NO_JOINERS)
        return Reading(mend_signs(" ".join(text.split()).strip(_STRAY_SIGNS)), confidence)


def mend_signs(text: str) -> str:
    """The text with the signs that the networks never read right: vowels in halves or twice, and rare letters.

    The right half of the Tamil au looks like the letter "ள". The halves of the Thai am are characters of their own, and
    below a tone mark the ring is taken for another one, or missed: in "น้ำ", water, and "ล้ำ", superb, both in names. The
    Bengali "ঋ" is taken for one of two letters with which no word goes on like "ঋতু", season; "র" and "ব" are written as
    in Bengali where one network takes them for those of Assamese, so that both can agree.
    """
    text = _BENGALI_SEASON.sub("ঋতু", text.translate(_BENGALI_FOR_ASSAMESE))
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
_TWICE: Final = re.compile(r"([โใไ\u094d\u09cd\u0bcd])\1+")
"""Thai vowels that stand before their letter, and the viramas of Devanagari, Bengali and Tamil: never two in a row."""
_BENGALI_SEASON: Final = re.compile(r"(?<!\S)[ঝখ]তু")
_BENGALI_FOR_ASSAMESE: Final = str.maketrans("ৰৱ", "রব")
_SPELT_WITH_JOINERS: Final = ("arabic",)
_NO_JOINERS: Final = dict.fromkeys((0x200C, 0x200D))
"""Tesseract puts joiners between many Tamil letters; only in Persian names they belong to the spelling."""
_STRAY_SIGNS: Final = " .,،'\"‘’“”|¦`·-_:;।॥!?[](){}"
_VIETNAMESE: Final = "VIETNAMESE"
_ONLY_VIETNAMESE: Final = frozenset("ĂăĐđĨĩŨũƠơƯư") | {chr(code) for code in range(0x1EA0, 0x1EFA)}


def _continues(read: str, marked: str) -> bool:
    """Whether all letters that were read are in the marked name, in order, and few others are."""
    plain, whole = fold_name(read), fold_name(marked)
    letters = iter(whole)
    return len(whole) - len(plain) <= _CONFIG.max_unknown and all(letter in letters for letter in plain)
