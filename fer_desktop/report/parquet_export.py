"""A session as one tidy Parquet table: a row for each second of the class and of each student.

The only module with pyarrow.
"""

import json
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import numpy as np

from fer_desktop.errors import SettingsError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.report.csv_export import CLASS
from fer_desktop.report.export_series import ExportSeries
from fer_desktop.report.extract import Extract
from fer_desktop.report.json_export import describe_extract
from fer_desktop.storage.values import SessionSummary
from fer_desktop.types import EXPRESSIONS, Floats

if TYPE_CHECKING:
    import pyarrow

METADATA_KEY: Final = "fer_desktop"
"""Key of the file's metadata under which everything but the seconds is stored as JSON."""

COLUMNS: Final = (
    "second",
    "time",
    "student",
    "who",
    "tiles",
    "cameras_on",
    "people",
    "faces",
    "mood",
    *EXPRESSIONS,
    "attention",
)


def can_write_parquet() -> bool:
    """Whether the optional package pyarrow is installed."""
    return find_spec("pyarrow") is not None


def write_parquet(extract: Extract, file: BinaryIO) -> None:
    """Writes the class, then each student, as a row group each. Raises `SettingsError` if pyarrow is missing."""
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise SettingsError(Message(MessageKey.PARQUET_UNAVAILABLE)) from error
    schema = _make_schema(extract)
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        export_series = extract.class_series()
        if export_series is not None:
            writer.write_table(_make_table(schema, None, CLASS, export_series, extract.session))
        for student, export_series in extract.student_series():
            writer.write_table(_make_table(schema, student.student, student.label, export_series, extract.session))


def _make_schema(extract: Extract) -> "pyarrow.Schema":
    import pyarrow

    count, share = pyarrow.int32(), pyarrow.float32()
    types: dict[str, Any] = {
        "second": pyarrow.field("second", pyarrow.int32(), nullable=False),
        "time": pyarrow.field("time", pyarrow.timestamp("ms", tz="UTC"), nullable=False),
        "student": pyarrow.field("student", pyarrow.int32()),
        "who": pyarrow.field("who", pyarrow.string(), nullable=False),
    }
    for name in ("tiles", "cameras_on", "faces"):
        types[name] = pyarrow.field(name, count, nullable=False)
    types["people"] = pyarrow.field("people", count)
    fields = [types.get(name, pyarrow.field(name, share)) for name in COLUMNS]
    metadata = {METADATA_KEY: json.dumps(describe_extract(extract), ensure_ascii=False)}
    return pyarrow.schema(fields, metadata=metadata)


def _make_table(
    schema: "pyarrow.Schema", student: int | None, who: str, export_series: ExportSeries, session: SessionSummary
) -> "pyarrow.Table":
    import pyarrow

    rows = len(export_series.seconds)
    times = [session.local_time(second) for second in export_series.seconds.tolist()]
    columns = (
        pyarrow.array(export_series.seconds.astype(np.int32)),
        pyarrow.array(times, schema.field("time").type),
        pyarrow.array([student] * rows, pyarrow.int32()),
        pyarrow.array([who] * rows, pyarrow.string()),
        *_count_columns(export_series),
        _nullable(export_series.mood),
        *(_nullable(readings) for readings in export_series.probabilities.T),
        _nullable(export_series.attention),
    )
    return pyarrow.Table.from_arrays(columns, schema=schema)


def _count_columns(series: ExportSeries) -> "list[pyarrow.Array]":
    """Tiles, cameras on, people, faces."""
    import pyarrow

    tiles, cameras_on, faces = (pyarrow.array(counts.astype(np.int32)) for counts in series.counts.T)
    return [tiles, cameras_on, _nullable(series.people).cast(pyarrow.int32()), faces]


def _nullable(values: Floats) -> "pyarrow.Array":
    """An array with null instead of NaN, as in the other formats."""
    import pyarrow

    return pyarrow.array(np.ascontiguousarray(values), from_pandas=True)
