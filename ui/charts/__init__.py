"""The plots, the one place that touches pyqtgraph."""
