"""The card with the preview, folded by default."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent

from fer_desktop.types import Observation
from ui.language import tr
from ui.live.preview import Preview
from ui.widgets.basics import Card, IconToolButton


class PreviewCard(Card):
    """Paints nothing while folded; a click on the title folds and unfolds it. Emits `unfolded`."""

    unfolded = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Who is who"))
        self.preview = Preview()
        self.toggle_button = IconToolButton("right", tr("Show who is who"))
        self.toggle_button.clicked.connect(self.toggle)
        self.heading.insert_widget(0, self.toggle_button)
        self.title.setBuddy(self.toggle_button)
        self.title.setCursor(Qt.CursorShape.PointingHandCursor)
        self.add(self.preview)
        self.preview.setVisible(False)

    @property
    def folded(self) -> bool:
        """Whether the preview is hidden."""
        return self.preview.isHidden()

    def toggle(self) -> None:
        """Folds or unfolds the preview."""
        unfold = self.folded
        self.preview.setVisible(unfold)
        self.toggle_button.set_icon("down" if unfold else "right")
        name = tr("Hide who is who") if unfold else tr("Show who is who")
        self.toggle_button.setAccessibleName(name)
        self.toggle_button.setToolTip(name)
        if unfold:
            self.unfolded.emit()
        else:
            self.forget()

    def forget(self) -> None:
        """Drops the frame that is shown."""
        self.preview.show_observation(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.title.geometry().contains(event.position().toPoint()):
            self.toggle()
            return
        super().mouseReleaseEvent(event)

    def show_observation(self, observation: Observation) -> None:
        """Shows an observation, unless folded."""
        if not self.folded:
            self.preview.show_observation(observation)
