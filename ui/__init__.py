"""The windows: PySide6 and pyqtgraph. Imports the engine; the engine never imports this."""
