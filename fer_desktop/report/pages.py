"""A report as HTML: one self-contained file for a browser, and the simpler kind from which a PDF is drawn.

The only module with Jinja2. Its templates escape every text; the charts alone go in as they are, as they hold numbers
and fixed words only.
"""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final, TextIO

from fer_desktop.ports import PdfDocument
from fer_desktop.report.content import Report

if TYPE_CHECKING:
    from jinja2 import Environment

POLICY: Final = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""The page may load nothing, and run nothing, should a text ever find a way into its markup."""


def write_html(report: Report, file: TextIO) -> None:
    """Writes the page for a browser: light, printable on A4, readable without colours."""
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
    """Rich text has no `dir="auto"`: the characters for it keep a text's direction to itself (Unicode annex 9).

    Only where it runs from right to left, as most fonts lack these characters and another one's lines are higher.
    """
    turned = any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in text)
    return f"\u2068{text}\u2069" if turned else text
