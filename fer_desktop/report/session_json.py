"""A session in a list, as JSON: cheap to import, for the command that lists them."""

from dataclasses import asdict
from datetime import datetime

from fer_desktop.messages import ENGLISH
from fer_desktop.storage.values import SessionSummary


def session_as_json(summary: SessionSummary) -> dict[str, object]:
    """Times in ISO 8601, UTC but for the readings of the clock; the source in English."""
    clock = [{"second": reading.second, "at": reading.at.isoformat()} for reading in summary.clock]
    values = asdict(summary) | {"source": ENGLISH.render(summary.source), "clock": clock}
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in values.items()}
