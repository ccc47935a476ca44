"""Reads lines in the scripts that the text recogniser does not know, with Tesseract's networks for them.

The networks are small and each is loaded when it is first tried: `shipped/MODEL_CARD.md` says what they are and how
they were made. Where `tesserocr` is not installed, names in these scripts are not read.
"""

import importlib.util
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np

from fer_desktop.roster.names import fold_name
from fer_desktop.system.model_files import SCRIPT_NETWORKS, ModelFile, check_model_file
from fer_desktop.system.opencv import cv2
from fer_desktop.types import Image
from fer_desktop.vision.names.reading import Reading

_SINGLE_LINE: Final = 7
_LSTM_ONLY: Final = 1
"""Tesseract's page segmentation mode and engine mode."""


@dataclass(frozen=True, slots=True)
class Script:
    """A script, its network, and how a line in it is read.

    `unicode_name`: how the Unicode names of its letters begin. `line_px`: heights to which the line is scaled as it is;
    `letters_px`: heights to which its letters are, cut out of what stands behind them. Small marks are lost at one
    height and found at another, so scripts that have many are read several times and the majority counts.
    """

    network: ModelFile
    unicode_name: str
    line_px: tuple[int, ...] = (48,)
    letters_px: tuple[int, ...] = ()

    def count_share(self, text: str) -> float:
        """Share of the text's letters that are of this script."""
        letters = [letter for letter in text if letter.isalpha()]
        own = sum(unicodedata.name(letter, "").startswith(self.unicode_name) for letter in letters)
        return own / len(letters) if letters else 0.0


SCRIPTS: Final = (
    Script(SCRIPT_NETWORKS["cyrillic"], "CYRILLIC"),
    Script(SCRIPT_NETWORKS["hangul"], "HANGUL"),
    Script(SCRIPT_NETWORKS["greek"], "GREEK"),
    Script(SCRIPT_NETWORKS["hebrew"], "HEBREW"),
    Script(SCRIPT_NETWORKS["devanagari"], "DEVANAGARI", (40, 48), (28, 36)),
    Script(SCRIPT_NETWORKS["bengali"], "BENGALI", (), (24, 28, 32, 36)),
    Script(SCRIPT_NETWORKS["tamil"], "TAMIL", (40, 48, 56), (24, 28, 32, 36)),
    Script(SCRIPT_NETWORKS["thai"], "THAI", (40, 48, 56)),
    Script(SCRIPT_NETWORKS["arabic"], "ARABIC", (40, 48), (24, 28, 32, 36)),
)
"""In the order in which they are tried; the heights are those that read most names right, see `_Config`."""
VIETNAMESE: Final = Script(SCRIPT_NETWORKS["vietnamese"], "LATIN", (40, 48, 56))


@dataclass(frozen=True, slots=True)
class _Config:
    """Measured on names of each script and on Latin ones, drawn 10 to 17 px high.

    A script's own network has a confidence of .82 or more for most names that it reads right, those of other scripts up
    to .88 (Thai, for two or three Korean letters) and rarely above .8.
    """

    likely_confidence: float = 0.4
    """Of the better of two readings; below it, a line is not read at further heights."""
    min_confidence: float = 0.82
    min_correction: float = 0.88
    """Of a reading that corrects the recogniser's."""
    never_corrected: float = 0.985
    """The recogniser is this sure of most Latin letters, and of few Cyrillic ones that look like them."""
    min_share: float = 0.9
    min_letters: int = 3
    """Fewer letters of a script that was not met before are not enough: signs read from a picture."""
    max_fruitless: int = 100
    """After so many lines in which no script was found, only scripts that were met before are tried."""
    border_px: int = 10
    is_ink: float = 60.0
    """Levels of brightness from the letters' own up to which a pixel is ink."""
    max_unknown: int = 3
    """Letters of a Vietnamese name that the recogniser may leave out, as it does not know their marks."""


_CONFIG: Final = _Config()


class LineNetwork(Protocol):
    """Reads a line in one script; see `_Tesseract`."""

    def read(self, line: Image) -> Reading:
        """`line`: grey, dark letters on light ground."""
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
        return None

    def correct(self, line: Image, reading: Reading, *, ink: float) -> Reading:
        """The reading, or what the line says if it is in a script that was met in this lesson: some letters look alike.

        Vietnamese marks, of which the recogniser knows few, are added where the letters below them are the same.
        """
        if not reading.text.isascii() or self._met[_VIETNAMESE]:
            marked = self._read_vietnamese(line, reading, ink)
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
        """The line's text; None where the script's own network is not sure of it."""
        reading = self._vote(script, line, ink)
        letters = sum(letter.isalpha() for letter in reading.text)
        is_sure = reading.confidence >= _CONFIG.min_confidence and script.count_share(reading.text) >= _CONFIG.min_share
        is_known = self._met[script.unicode_name] > 0
        return reading if is_sure and (is_known or letters >= _CONFIG.min_letters) else None

    def _vote(self, script: Script, line: Image, ink: float) -> Reading:
        """The text that most readings give, with its highest confidence; ties go to the surer."""
        network = self._load(script)
        if network is None:
            return Reading("", 0.0)
        readings: list[Reading] = []
        for picture in _prepare(script, line, ink):
            readings.append(network.read(picture))
            if len(readings) == 2 and max(each.confidence for each in readings) < _CONFIG.likely_confidence:
                break
        votes: Counter[str] = Counter()
        for reading in readings:
            votes[reading.text] += round(1000 * reading.confidence)
        text = max(votes, key=lambda each: votes[each])
        return Reading(text, max(reading.confidence for reading in readings if reading.text == text))

    def _load(self, script: Script) -> LineNetwork | None:
        """The script's network, loaded at its first use; None where none can be."""
        name = script.network.name
        if self._make_network is not None and name not in self._networks:
            self._networks[name] = self._make_network(check_model_file(script.network))
        return self._networks.get(name)

    def _read_vietnamese(self, line: Image, reading: Reading, ink: float) -> Reading | None:
        marked = self._vote(VIETNAMESE, line, ink)
        is_sure = marked.confidence >= _CONFIG.min_confidence and _continues(reading.text, marked.text)
        if not is_sure or not any(letter in _ONLY_VIETNAMESE for letter in marked.text):
            return None
        self._met[_VIETNAMESE] += 1
        return marked


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

    def read(self, line: Image) -> Reading:
        height, width = line.shape
        self._api.SetImageBytes(line.tobytes(), width, height, 1, width)
        text = self._api.GetUTF8Text()
        confidence = self._api.MeanTextConf() / 100
        if not self._keeps_joiners:
            text = text.translate(_NO_JOINERS)
        return Reading(" ".join(text.split()).strip(_STRAY_SIGNS), confidence)


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


def _prepare(script: Script, line: Image, ink: float) -> Iterator[Image]:
    """The line's grey pictures to read, with dark letters on light ground."""
    grey = np.asarray(cv2.cvtColor(line, cv2.COLOR_BGR2GRAY), np.uint8)
    if script.letters_px:
        letters = _cut_out_letters(grey, ink)
        yield from (_scale(letters, height_px, cv2.BORDER_CONSTANT) for height_px in script.letters_px)
    dark_on_light = np.asarray(255 - grey if ink > float(grey.mean()) else grey, np.uint8)
    yield from (_scale(dark_on_light, height_px, cv2.BORDER_REPLICATE) for height_px in script.line_px)


def _cut_out_letters(grey: Image, ink: float) -> Image:
    """Dark letters on white, whatever stands behind them, cropped to their rows."""
    distance = np.abs(grey.astype(np.float32) - ink)
    rows = np.flatnonzero((distance < _CONFIG.is_ink).any(axis=1))
    if rows.size:
        distance = distance[rows[0] : rows[-1] + 1]
    ground = max(float(np.median(distance)), _CONFIG.is_ink)
    return np.asarray(np.minimum(distance * (255 / ground), 255), np.uint8)


def _scale(picture: Image, height_px: int, border_kind: int) -> Image:
    """Scaled to the height, with a border: white, or of the edge's own pixels."""
    scale, border = height_px / picture.shape[0], _CONFIG.border_px
    scaled = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.copyMakeBorder(scaled, border, border, border, border, border_kind, value=(255,)), np.uint8)
