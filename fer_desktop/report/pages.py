"""A report as HTML: one self-contained file for a browser, and the simpler form from which a PDF is drawn.

The only module with Jinja2. Its templates escape every text except the charts, which hold numbers and fixed texts only.
"""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final, TextIO

from fer_desktop.ports import PdfDocument
from fer_desktop.report.content import Report

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""The page may load and run nothing, even if a text were ever injected into its markup."""


def write_html(report: Report, file: TextIO) -> None:
    """Writes the page for a browser: light theme, printable on the reader's paper, readable without colours."""
    template = _environment().get_template("report.html")
    file.writelines(template.generate(report=report, policy=POLICY))


def make_pdf_document(report: Report) -> PdfDocument:
    """The report in the simpler form from which a `PdfWriter` draws pages."""
    template = _environment().get_template("paper.html")
    return PdfDocument(
        title=f"{report.title}, {report.subtitle}",
        footer=report.title,
        html=template.render(report=report, isolate=_isolate),
        charts={figure.name: figure.svg for section in report.sections for figure in section.figures},
    )


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("fer_desktop.report", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _isolate(text: str) -> str:
    """Isolates a right-to-left text with control characters (Unicode annex 9), as rich text has no `dir="auto"`.

    Other texts stay as they are: most fonts lack these characters, and a fallback font changes the line height.
    """
    right_to_left = any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)
    return f"\u2068{text}\u2069" if right_to_left else text
