"""Pages of which one is shown, each with a part that scrolls."""

from PySide6.QtWidgets import QStackedWidget


class Pages(QStackedWidget):
    """Never insists on the whole height of its pages: Qt's own would, and cut the texts above and below them."""

    def hasHeightForWidth(self) -> bool:
        return False
