"""What the live window says while faces are read less often than usual."""

from fer_desktop.types import Pace
from ui.language import tr


def describe_pace(pace: Pace) -> str | None:
    """In few words, for the line of figures; None at the full pace."""
    match pace:
        case Pace.ON_BATTERY:
            return tr("on battery: reading less often")
        case Pace.BUSY:
            return tr("computer busy: reading less often")
        case Pace.FULL:
            return None


def explain_pace(pace: Pace) -> str:
    """Why, and what it means for the lesson."""
    meaning = tr(
        "Each face is read about once a second instead of twice. Who comes and goes is noticed all the same, and each "
        "reading is as careful as before."
    )
    if pace is Pace.ON_BATTERY:
        why = tr("This computer runs on its battery. Plug it in to read as often as usual.")
    else:
        why = tr(
            "Other programs keep this computer busy. Once there is time again, faces are read as often as usual. "
            "Closing programs that you do not need helps."
        )
    return f"{why}\n\n{meaning}"
