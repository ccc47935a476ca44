"""What a report says, before it takes the form of a page: texts are plain, and whoever draws them escapes them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """`number`: set right. `text`: words from outside (names, notes), whose direction is their own."""

    title: str
    number: bool = False
    text: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows have as many cells as there are columns."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of the table {self.caption!r} has not {len(self.columns)} cells")


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart. `svg`: the picture, made of numbers and fixed words only. `summary`: what it shows, in a sentence."""

    name: str
    title: str
    summary: str
    svg: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, in this order. `name`: fit for an anchor."""

    name: str
    title: str
    paragraphs: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """`title`: what the teacher calls the lesson. `subtitle`: when it was. `notices`: what a reader must know first.

    `language`: of its words, as pages name it.
    """

    title: str
    subtitle: str
    notices: tuple[str, ...]
    sections: tuple[Section, ...]
    made: str
    language: str = "en"
