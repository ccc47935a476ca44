"""Draws a report as PDF pages with Qt's rich text, so that no browser engine has to ship.

Runs on any thread, and without a display, with Qt's offscreen platform.
"""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from PySide6.QtCore import QBuffer, QByteArray, QEventLoop, QIODevice, QLocale, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextTable,
    QTextTableCell,
)
from PySide6.QtSvg import QSvgRenderer

from fer_desktop import __version__
from fer_desktop.ports import PdfDocument

_DOTS_PER_INCH: Final = 1200
_MARGIN_MM: Final = 15.0
_GAP_INCH: Final = 0.1
"""Above the text of each page. Without the gap Qt also draws the first line at the foot of the page before, clipped to
a whole pixel of the screen only, so that a strip of it stays visible.
"""
_FOOTER_INCH: Final = 0.3
_TEXT_PT: Final = 9.5
_FOOTER_PT: Final = 8.0
_CHART_SCALE: Final = 3  # dots of the picture to a pixel of the chart: some 300 to the inch
_LETTER: Final = frozenset(
    {
        QLocale.Country.UnitedStates,
        QLocale.Country.Canada,
        QLocale.Country.Mexico,
        QLocale.Country.PuertoRico,
        QLocale.Country.Philippines,
        QLocale.Country.Chile,
        QLocale.Country.Colombia,
        QLocale.Country.CostaRica,
        QLocale.Country.Guatemala,
        QLocale.Country.Nicaragua,
        QLocale.Country.Panama,
        QLocale.Country.ElSalvador,
        QLocale.Country.Venezuela,
        QLocale.Country.Belize,
    }
)
"""Where paper is US Letter, by CLDR's `paperSize`; everywhere else it is A4."""


def write_pdf(document: PdfDocument, file: BinaryIO) -> None:
    """A `PdfWriter`."""
    application = QGuiApplication.instance() or QGuiApplication(["fer-desktop", "-platform", "offscreen"])
    events = QEventLoop()  # rich text of some length starts timers, which a thread of Python's is not made for
    pages = QByteArray()
    buffer = QBuffer(pages)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    _draw_pages(document, _make_writer(buffer, document.title))
    buffer.close()
    file.write(pages.data())
    del events, application  # fonts need it until here


def _make_writer(buffer: QBuffer, title: str) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setTitle(title)
    writer.setCreator(f"FER Desktop {__version__}")
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    paper = QPageSize(choose_paper(QLocale.system().territory()))
    layout = QPageLayout(paper, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)
    writer.setPageLayout(layout)
    return writer


def choose_paper(territory: QLocale.Country) -> QPageSize.PageSizeId:
    """The paper that printers of a country hold."""
    return QPageSize.PageSizeId.Letter if territory in _LETTER else QPageSize.PageSizeId.A4


def _draw_pages(document: PdfDocument, writer: QPdfWriter) -> None:
    """All lengths are in dots of the paper."""
    footer, gap = _FOOTER_INCH * _DOTS_PER_INCH, _GAP_INCH * _DOTS_PER_INCH
    page = QSizeF(writer.width(), gap + writer.height() - footer)
    text = _lay_out(document, writer, page, gap)
    painter = QPainter(writer)
    for number in range(text.pageCount()):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -gap - number * page.height())
        text.drawContents(painter, QRectF(0, number * page.height(), page.width(), page.height()))
        painter.restore()
        below = QRectF(0, page.height() - gap, page.width(), footer)
        _draw_footer(painter, below, document.footer, f"{number + 1} / {text.pageCount()}")
    painter.end()


def _lay_out(document: PdfDocument, writer: QPdfWriter, page: QSizeF, gap: float) -> QTextDocument:
    """`page`: size of a page of the rich text, in dots, with the `gap` above its words."""
    # Rich text measures lengths in pixels of the screen, and scales them to the paper.
    dot = QGuiApplication.primaryScreen().logicalDotsPerInchY() / _DOTS_PER_INCH
    text = QTextDocument()
    text.documentLayout().setPaintDevice(writer)
    text.setDocumentMargin(0)
    text.setDefaultFont(_make_font(_TEXT_PT))
    text.setPageSize(page)
    for name, svg in document.charts.items():
        text.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(f"chart:{name}"), _paint(svg))
    text.setHtml(document.html)
    _size_charts(text, int(page.width() * dot))
    around = text.rootFrame().frameFormat()
    around.setTopMargin(gap * dot)
    text.rootFrame().setFrameFormat(around)
    _level_rows(text, dot=dot)
    _keep_headings(text, page.height())
    return text


def _size_charts(text: QTextDocument, width_px: int) -> None:
    """Makes every chart as wide as the page. `width_px`: of the page, in pixels of the screen."""
    for cursor in list(_find_images(text)):
        chart = cursor.charFormat().toImageFormat()
        size = text.resource(QTextDocument.ResourceType.ImageResource.value, QUrl(chart.name())).size()
        chart.setWidth(width_px)
        chart.setHeight(round(width_px * size.height() / size.width()))
        cursor.setCharFormat(chart)


def _find_images(text: QTextDocument) -> Iterator[QTextCursor]:
    """Selections of one image each."""
    block = text.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            fragment = fragments.fragment()
            if fragment.charFormat().isImageFormat():
                cursor = QTextCursor(text)
                cursor.setPosition(fragment.position())
                cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
                yield cursor
            fragments += 1
        block = block.next()


def _level_rows(document: QTextDocument, *, dot: float) -> None:
    """Makes all lines of a table row equally high, as Qt splits rows of mixed scripts between two pages.

    `dot`: a dot of the paper in pixels of the screen, the unit of line heights.
    """
    document.pageCount()  # forces the layout
    edit = QTextCursor(document)
    edit.beginEditBlock()
    for table in document.rootFrame().childFrames():
        if isinstance(table, QTextTable):
            for row in range(table.rows()):
                _level_row([table.cellAt(row, column) for column in range(table.columns())], dot)
    edit.endEditBlock()


def _level_row(cells: Sequence[QTextTableCell], dot: float) -> None:
    blocks = [cell.firstCursorPosition().block() for cell in cells]
    layouts = [block.layout() for block in blocks]
    heights = [layout.lineAt(line).height() for layout in layouts for line in range(layout.lineCount())]
    if heights and min(heights) < max(heights):
        for block in blocks:
            levelled = block.blockFormat()
            levelled.setLineHeight(max(heights) * dot, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
            QTextCursor(block).setBlockFormat(levelled)


def _keep_headings(document: QTextDocument, page_height: float) -> None:
    """Starts a new page before a heading, and the headings above it, that would be separated from what follows."""
    layout = document.documentLayout()
    block = document.begin()
    first: QTextBlock | None = None
    while block.isValid():
        if block.blockFormat().headingLevel():
            first = first or block
        elif first is not None:
            top, end = layout.blockBoundingRect(first).top(), layout.blockBoundingRect(block).bottom()
            if int(top // page_height) != int((end - 1) // page_height):
                format_ = first.blockFormat()
                format_.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(first).setBlockFormat(format_)
                document.markContentsDirty(0, document.characterCount())  # else what follows keeps its old place
            first = None
        block = block.next()
    document.markContentsDirty(0, document.characterCount())  # else blocks that moved are left out of the drawing


def _paint(svg: str) -> QImage:
    renderer = QSvgRenderer(svg.encode())
    size = renderer.defaultSize() * _CHART_SCALE
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.fill(QColor("#ffffff"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    return picture


def _draw_footer(painter: QPainter, area: QRectF, title: str, number: str) -> None:
    font = _make_font(_FOOTER_PT)
    painter.setFont(font)
    painter.setPen(QColor("#47505b"))
    metrics = QFontMetricsF(font, painter.device())
    title = metrics.elidedText(title, Qt.TextElideMode.ElideRight, area.width() * 0.8)
    bottom = Qt.AlignmentFlag.AlignBottom
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | bottom, title)
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | bottom, number)


def _make_font(size_pt: float) -> QFont:
    font = QFont("sans-serif")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(size_pt)
    return font
