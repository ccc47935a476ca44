"""What an export may be."""

from typing import Literal

ExportFormat = Literal["html", "pdf", "csv", "json", "parquet"]
ExportPart = Literal["all", "attendance"]
