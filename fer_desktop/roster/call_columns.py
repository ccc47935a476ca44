"""The columns of call reports: by their titles in English, German, Spanish, French and Hindi, or by what they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.roster.call_times import looks_like_a_time
from fer_desktop.roster.column_titles import FIRST_NAMES, LAST_NAMES, fold_title

# Folded titles.
_NAMES: Final = (
    *("name", "full name", "participant", "participant name", "display name", "user name", "vollstandiger name"),
    *("nombre completo", "nombre", "nom complet", "nom", "teilnehmer", "participante", "नाम", "पूरा नाम"),
)
_JOINED: Final = (
    *("join time", "first join", "first join time", "time joined", "joined", "joined at", "arrival time"),
    *("beitrittszeit", "erster beitritt", "beitrittszeitpunkt", "beigetreten um", "zeitpunkt des beitritts"),
    *("teilnahmezeit", "hora de union", "hora de entrada", "primera union", "primera entrada", "hora de incorporacion"),
    *("se unio a las", "heure de participation", "heure d'arrivee", "premiere participation", "heure de connexion"),
    *("premiere connexion", "शामिल होने का समय"),
)
_LEFT: Final = (
    *("leave time", "last leave", "last leave time", "time exited", "left", "left at", "exit time", "time left"),
    *("verlassenszeit", "letztes verlassen", "verlassen um", "zeitpunkt des verlassens", "endzeitpunkt"),
    *("hora de salida", "ultima salida", "salio a las", "heure de depart", "dernier depart", "heure de sortie"),
    *("derniere sortie", "heure de deconnexion", "छोड़ने का समय"),
)
_DURATION: Final = (
    *("duration", "total duration", "in-meeting duration", "meeting duration", "time in call", "attendance duration"),
    *("dauer", "gesamtdauer", "besprechungsdauer", "teilnahmedauer", "dauer der teilnahme", "dauer in der besprechung"),
    *("duracion", "duracion total", "duracion en la reunion", "duracion de la reunion"),
    *("duree", "duree totale", "duree de la reunion", "duree en reunion", "अवधि"),
)
_ACTION: Final = (
    *("user action", "benutzeraktion", "accion del usuario", "action utilisateur", "action de l'utilisateur"),
)
_TIMESTAMP: Final = ("timestamp", "zeitstempel", "marca de tiempo", "horodateur", "horodatage")
_ROLE: Final = ("role", "rolle", "rol", "funcion", "भूमिका")
_EMAIL: Final = (
    *("email", "user email", "e-mail", "e-mail-adresse", "email address", "correo electronico", "adresse e-mail"),
    *("adresse de messagerie", "ईमेल"),
)


@dataclass(frozen=True, slots=True)
class CallColumns:
    """Positions of columns. `name`: its parts in spoken order. `original`: the account's name stands in brackets.

    `action` and `timestamp`: of reports with a line for each joining and each leaving.
    """

    name: tuple[int, ...]
    joined: int | None = None
    left: int | None = None
    duration: int | None = None
    action: int | None = None
    timestamp: int | None = None
    role: int | None = None
    email: int | None = None
    original: bool = False


def find_call_columns(header: Sequence[str]) -> CallColumns | None:
    """The columns that a header names; None unless it names people and how long or when they were there."""
    titles = [fold_title(cell) for cell in header]

    def find(names: Sequence[str]) -> int | None:
        return next((titles.index(name) for name in names if name in titles), None)

    name = _find_name(titles)
    joined, left, duration = find(_JOINED), find(_LEFT), find(_DURATION)
    action, timestamp = find(_ACTION), find(_TIMESTAMP)
    timed = joined is not None or duration is not None or (action is not None and timestamp is not None)
    if not name or not timed:
        return None
    return CallColumns(
        name=name,
        joined=joined,
        left=left,
        duration=duration,
        action=action if timestamp is not None else None,
        timestamp=timestamp,
        role=find(_ROLE),
        email=find(_EMAIL),
        original=len(name) == 1 and "(" in header[name[0]],
    )


def _find_name(titles: Sequence[str]) -> tuple[int, ...]:
    first = next((place for place, title in enumerate(titles) if title in FIRST_NAMES), None)
    last = next((place for place, title in enumerate(titles) if title in LAST_NAMES), None)
    if first is not None and last is not None:
        return first, last
    return next(((place,) for place, title in enumerate(titles) if title in _NAMES), ())


def guess_call_columns(cells: Sequence[str]) -> CallColumns | None:
    """By what a line holds: a name in its first cell, and the times of joining and leaving."""
    times = [place for place, cell in enumerate(cells) if looks_like_a_time(cell)]
    if len(times) < 2 or times[0] == 0 or not cells[0] or any(letter.isdigit() or letter == "@" for letter in cells[0]):
        return None
    return CallColumns(name=(0,), joined=times[0], left=times[1])
