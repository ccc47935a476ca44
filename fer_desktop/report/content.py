"""The content of a report, independent of its format. Texts are plain; each format escapes them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """`number`: right-aligned. `text`: user text (names, notes), which has its own text direction."""

    title: str
    number: bool = False
    text: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row has as many cells as there are columns."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of the table {self.caption!r} has not {len(self.columns)} cells")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart. `svg`: the picture, made of numbers and fixed texts only. `summary`: what it shows, in a sentence."""

    name: str
    title: str
    summary: str
    svg: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its content, in this order. `name`: usable as an anchor."""

    name: str
    title: str
    paragraphs: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report. `title`: the lesson's name. `subtitle`: when it was. `notices`: what a reader must know first.

    `made`: when and by what it was made. `language`: its language tag, as in HTML.
    """

    title: str
    subtitle: str
    notices: tuple[str, ...]
    sections: tuple[Section, ...]
    made: str
    language: str = "en"
