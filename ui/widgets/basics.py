"""Labels, buttons and cards that follow the theme."""

from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QFrame,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.language import tr
from ui.stylesheet import set_role
from ui.symbols import make_icon
from ui.theme import current_theme
from ui.widgets.flow_layout import FlowLayout

_BOX_PX: Final = 17


def fill_column(widget: QWidget, middle: QWidget, *below: QWidget, above: tuple[QWidget, ...] = ()) -> None:
    """Lays out parts below each other without gaps; `middle` takes the room that is left."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for part in (*above, middle, *below):
        column.addWidget(part, int(part is middle))


def fill_scroll_area(area: QScrollArea, content: QWidget, *, tab_stop: bool = False) -> None:
    """Lets `area` scroll `content`, as wide as the area.

    Without a `tab_stop` the fields of the content are the stops, and the area follows them.
    """
    area.setWidget(content)
    area.setWidgetResizable(True)
    if tab_stop:
        set_role(area, "stop")
    else:
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def make_busy_bar() -> QProgressBar:
    """A progress bar for work of unknown length; hidden at first."""
    bar = QProgressBar()
    bar.setRange(0, 0)
    bar.setTextVisible(False)
    bar.setAccessibleName(tr("One moment…"))
    bar.setVisible(False)
    return bar


def make_label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A label with a style sheet role; always plain text, as names and notes come from outside."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if role:
        set_role(label, role)
    return label


def indent_number(box: QAbstractSpinBox) -> None:
    """Indents a spin box's text like that of other fields; the style sheet's padding does not affect it."""
    box.lineEdit().setTextMargins(6, 0, 0, 0)


def make_link(text: str, *, name: str | None = None) -> QPushButton:
    """A button that looks like a link."""
    button = QPushButton(text)
    set_role(button, "link")
    button.setAutoDefault(True)  # outside dialogs Enter presses no button otherwise
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setAccessibleName(name or text)
    return button


class IconButton(QPushButton):
    """A button with an icon that changes colour with the theme. `role`: "", "primary" or "danger"."""

    def __init__(self, text: str, icon: str, *, role: str = "", name: str | None = None) -> None:
        super().__init__(text)
        self.setAutoDefault(True)  # outside dialogs Enter presses no button otherwise
        self._icon = icon
        self._role = role
        if role:
            set_role(self, role)
        self.setAccessibleName(name or text)
        self._colour_icon()

    def set_icon(self, icon: str) -> None:
        """Changes the icon."""
        if icon != self._icon:
            self._icon = icon
            self._colour_icon()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.EnabledChange):
            self._colour_icon()

    def _colour_icon(self) -> None:
        theme = current_theme()
        colour = {"primary": theme.on_accent, "danger": theme.danger}.get(self._role, theme.text)
        self.setIcon(make_icon(self._icon, colour if self.isEnabled() else theme.muted))


class IconToolButton(QToolButton):
    """A small button with an icon only; its name is the tool tip, and read by screen readers."""

    def __init__(self, icon: str, name: str) -> None:
        super().__init__()
        self._icon = icon
        self.setIconSize(QSize(20, 20))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._colour_icon()

    def set_icon(self, icon: str) -> None:
        """Changes the icon."""
        self._icon = icon
        self._colour_icon()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour_icon()

    def _colour_icon(self) -> None:
        self.setIcon(make_icon(self._icon, current_theme().text))


class IconLabel(QLabel):
    """An icon in the accent's colour, whichever theme is on."""

    def __init__(self, icon: str, side_px: int) -> None:
        super().__init__()
        self._icon = icon
        self._side_px = side_px
        self.setFixedSize(QSize(side_px, side_px))

    def paintEvent(self, event: QPaintEvent) -> None:
        make_icon(self._icon, current_theme().accent, self._side_px).paint(QPainter(self), self.rect())


class TickBox(QCheckBox):
    """A check box whose border is visible in the dark theme too."""

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(_BOX_PX + 10 + metrics.horizontalAdvance(self.text()), max(_BOX_PX, metrics.height()) + 6)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(1.5, (self.height() - _BOX_PX) / 2 + 0.5, _BOX_PX - 1, _BOX_PX - 1)
        checked = self.isChecked()
        painter.setPen(QPen(QColor(theme.accent if checked else theme.muted), 1.4))
        painter.setBrush(QColor(theme.accent if checked else theme.surface))
        painter.drawRoundedRect(box, 3.5, 3.5)
        if checked:
            painter.setPen(QPen(QColor(theme.on_accent), 2))
            left, top, side = box.left(), box.top(), box.width()
            tick = [(0.22, 0.53), (0.42, 0.73), (0.78, 0.30)]
            painter.drawPolyline([QPointF(left + x * side, top + y * side) for x, y in tick])
        painter.setPen(QColor(theme.text if self.isEnabled() else theme.muted))
        words = self.rect().adjusted(_BOX_PX + 9, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


class ElidedLabel(QLabel):
    """A single line, elided where it does not fit; then the whole text is the tool tip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if role:
            set_role(self, role)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._hint_whole_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint_whole_text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _hint_whole_text(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if cut else "")


class Card(QFrame):
    """A titled panel. `heading`: the row of the title, with buttons at its right; `body`: the content."""

    def __init__(self, title: str) -> None:
        super().__init__()
        set_role(self, "card")
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(14, 10, 14, 12)
        outer.setSpacing(8)
        self.heading = FlowLayout(spacing_px=4)
        self.title = ElidedLabel(title, "section")
        self.heading.addWidget(self.title)
        outer.addLayout(self.heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        outer.addLayout(self.body, 1)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Adds a widget to the body."""
        self.body.addWidget(widget, stretch)
