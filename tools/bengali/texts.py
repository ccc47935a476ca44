"""Composes the texts of made-up labels with which the Bengali network is trained: names, words, syllables, others."""

import random
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_CONSONANTS: Final = (*"কখগঘঙচছজঝঞটঠডঢণতথদধনপফবভমযরলশষসহ", "ড\u09bc", "ঢ\u09bc", "য\u09bc")
_VIRAMA: Final = "\u09cd"
_JOINER: Final = "\u200d"
_VOWELS: Final = ("", "", *"\u09be\u09bf\u09bf\u09c0\u09c1\u09c1\u09c2\u09c3\u09c7\u09c8\u09cb\u09cc")
"""Those below the line are small, and often missed."""
_INITIALS: Final = "অআইঈউঊঋএঐওঔ"
_CONJUNCT_LIST: Final = """
    ক্ক ক্ট ক্ত ক্ত্র ক্ব ক্ম ক্য ক্র ক্ল ক্ষ ক্ষ্ণ ক্ষ্ম ক্ষ্য ক্স খ্য খ্র গ্ধ গ্ন
    গ্ব গ্ম গ্য গ্র গ্ল ঘ্ন ঘ্য ঘ্র ঙ্ক ঙ্ক্ষ ঙ্খ ঙ্গ ঙ্ঘ ঙ্ম চ্চ চ্ছ চ্ছ্ব চ্ছ্র
    চ্য জ্জ জ্জ্ব জ্ঝ জ্ঞ জ্ব জ্য জ্র ঞ্চ ঞ্ছ ঞ্জ ট্ট ট্ব ট্ম ট্য ট্র ড্ড ড্য ড্র
    ঢ্য ণ্ট ণ্ঠ ণ্ড ণ্ড্র ণ্ণ ণ্ব ণ্ম ণ্য ত্ত ত্ত্ব ত্থ ত্ন ত্ব ত্ম ত্য ত্র থ্য থ্র
    দ্গ দ্ঘ দ্দ দ্ধ দ্ব দ্ভ দ্ম দ্য দ্র ধ্ব ধ্ম ধ্য ধ্র ন্ট ন্ট্র ন্ঠ ন্ড ন্ড্র ন্ত
    ন্ত্ব ন্ত্র ন্ত্র্য ন্থ ন্দ ন্দ্ব ন্দ্র ন্ধ ন্ধ্র ন্ন ন্ব ন্ম ন্য ন্স প্ট প্ত
    প্ন প্প প্য প্র প্ল প্স ফ্য ফ্র ফ্ল ব্জ ব্দ ব্ধ ব্ব ব্য ব্র ব্ল ভ্য ভ্র ম্ন ম্প
    ম্প্র ম্ফ ম্ব ম্ব্র ম্ভ ম্ম ম্য ম্র ম্ল য্য ল্ক ল্গ ল্ট ল্ড ল্প ল্ব ল্ম ল্য ল্ল
    শ্চ শ্ছ শ্ন শ্ব শ্ম শ্য শ্র শ্ল ষ্ক ষ্ক্র ষ্ট ষ্ট্র ষ্ঠ ষ্ণ ষ্প ষ্প্র ষ্ম ষ্য
    স্ক স্ক্র স্খ স্ট স্ট্র স্ত স্ত্র স্থ স্থ্য স্ন স্প স্প্র স্ফ স্ব স্ম স্য স্র
    স্ল হ্ণ হ্ন হ্ব হ্ম হ্য হ্র হ্ল র‍্য
    """
_CONJUNCTS: Final = tuple(_CONJUNCT_LIST.split())
_R_ABOVE: Final = tuple("র্" + letter for letter in (*"কখগঘচছজঝটডণতথদধনপফবভমযলশষসহ", "জ্জ", "ব্ব", "ত্ত", "ম্ম", "ষ্য", "য্য"))
_OWN_FORMS: Final = (
    "গু",
    "রু",
    "রূ",
    "শু",
    "হু",
    "হৃ",
    "জু",
    "ন্তু",
    "স্তু",
    "স্থ",
    "ভ্রু",
    "দ্রু",
    "শ্রু",
    "হ্ম",
    "ক্ষ",
    "জ্ঞ",
    "ঞ্জ",
    "ঙ্গ",
    "ত্থ",
)
"""Written in many fonts as their letters do not suggest."""
_TITLES: Final = ("মোঃ", "মো.", "ড.", "শ্রী", "শ্রীমতি", "মোসাঃ", "ডাঃ", "মি.")
_NOTES: Final = (
    "(You)",
    "(Host)",
    "(me)",
    "(Guest)",
    "(Host, me)",
    "(Co-host)",
    "(আপনি)",
    "(আমি)",
    "(অতিথি)",
    "Student",
    "Class",
)
_OTHERS: Final[Sequence[tuple[str, str, str]]] = (
    ("NotoSansDevanagari", "कखगघचछजटडणतथदधनपफबभमयरलवशषसह", "ािीुूृेैोौं्"),
    ("NotoSansTamil", "கஙசஞடணதநபமயரலவழளறன", "ாிீுூெேைொ்"),
    ("NotoSansThai", "กขคงจชซญณดตทนบปพมยรลวสหอ", "าะิีึุู่้"),
    ("NotoSansGujarati", "કખગઘચછજટડણતથદધનપફબભમયરલવશષસહ", "ાિીુૂેૈોૌં્"),
    ("NotoSansGurmukhi", "ਕਖਗਘਚਛਜਟਡਣਤਥਦਧਨਪਫਬਭਮਯਰਲਵਸਹ", "ਾਿੀੁੂੇੈੋੌੰ"),
    ("NotoSansTelugu", "కఖగఘచజటడణతదనపబమయరలవశసహ", "ాిీుూెేైొో్"),
    ("NotoSansArabic", "ابتثجحخدذرزسشصضطعغفقكلمنهوي", ""),
    ("NotoSansHebrew", "אבגדהוזחטיכלמנסעפצקרשת", ""),
    ("NotoSans-", "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ", "aeiou"),
    ("NotoSans-", "абвгдежзиклмнопрстуфхцчшыьэюяАБВГДЕЖЗИКЛМН", "аеиоу"),
    ("NotoSans-", "αβγδεζηθικλμνξοπρστυφχψωΑΒΓΔΕΛΜΝ", "αεηιο"),
)
"""How the name of a font begins, letters, and signs that follow them: words of these are written as foreign ones."""


@dataclass(frozen=True, slots=True)
class Text:
    """What a label says. `font`: how its font's name begins, where it is in another script, else None."""

    text: str
    font: str | None = None


class Texts:
    """Composes one text after the other. `words`: a word list of the language, one a line."""

    def __init__(self, names: Path, words: Path, left_out: Iterable[str], seed: int) -> None:
        self._random = random.Random(seed)
        never = {unicodedata.normalize("NFC", word) for word in left_out}
        self._names = [name for name in _read(names).split() if name not in never]
        lines = _read(words).splitlines()
        self._words = [word for line in lines if _is_usable(word := line.split("/")[0]) and word not in never]

    def compose(self) -> Text:
        """A label: one to four words, and at times a title before them, or a number or a note behind."""
        kind = self._random.random()
        if kind < 0.05:
            return self._compose_foreign()
        words = [self._compose_word() for _ in range(self._random.choices((1, 2, 3, 4), (3, 12, 4, 1))[0])]
        if self._random.random() < 0.06:
            words.insert(0, self._random.choice(_TITLES))
        if self._random.random() < 0.04:
            words.append(self._random.choice(("({})", "{}", "- {}")).format(self._compose_number()))
        if self._random.random() < 0.04:
            words.append(self._random.choice(_NOTES))
        text = " ".join(words)
        return Text(text.translate(self._random.choice(_ASSAMESE)) if self._random.random() < 0.06 else text)

    def _compose_word(self) -> str:
        kind = self._random.random()
        if kind < 0.25:
            return self._random.choice(self._names)
        return self._choose_word() if kind < 0.55 else self._compose_syllables()

    def _choose_word(self) -> str:
        """Every other time the one of two that has more letters joined."""
        words = self._random.sample(self._words, self._random.choice((1, 2)))
        return max(words, key=lambda word: word.count(_VIRAMA))

    def _compose_syllables(self) -> str:
        """A word that is none, in which rare letters are as frequent as common ones."""
        start = self._random.choice(_INITIALS) if self._random.random() < 0.2 else ""
        return start + "".join(self._compose_syllable() for _ in range(self._random.randint(1, 4)))

    def _compose_syllable(self) -> str:
        if self._random.random() < 0.1:
            return self._random.choice(_OWN_FORMS)
        letters: Sequence[str] = self._random.choices((_CONSONANTS, _CONJUNCTS, _R_ABOVE), (4, 5, 1))[0]
        end: str = self._random.choices(("", "\u0981", "\u0982", "\u0983", "ৎ", "\u09cd"), (60, 2, 2, 1, 1, 1))[0]
        vowels: Sequence[str] = ("",) if end == _VIRAMA else _VOWELS
        return self._random.choice(letters) + self._random.choice(vowels) + end

    def _compose_number(self) -> str:
        digits = self._random.choice(("০১২৩৪৫৬৭৮৯", "0123456789"))
        return "".join(self._random.choices(digits, k=self._random.randint(1, 7)))

    def _compose_foreign(self) -> Text:
        font, letters, signs = self._random.choice(_OTHERS)
        return Text(" ".join(self._spell(letters, signs) for _ in range(self._random.randint(1, 3))), font)

    def _spell(self, letters: str, signs: str) -> str:
        pieces = (
            self._random.choice(letters) + (self._random.choice(signs) if signs and self._random.random() < 0.5 else "")
            for _ in range(self._random.randint(2, 7))
        )
        return "".join(pieces)


_ASSAMESE: Final = (str.maketrans("র", "ৰ"), str.maketrans("রব", "ৰৱ"))


def _read(path: Path) -> str:
    return unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))


def _is_usable(word: str) -> bool:
    return 1 < len(word) <= 12 and all("\u0980" <= letter <= "\u09ff" or letter == _JOINER for letter in word)
