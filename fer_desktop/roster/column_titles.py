"""The titles of columns with names, as schools write them in English, German, French, Spanish and Hindi."""

import re
from typing import Final

from fer_desktop.roster.names import fold_name

_GENDERS: Final = re.compile(r"(?<=[^\W\d_])[/*:·_.]-?(?:innen|in|[rns]|as?|es?)(?![^\W\d_])")
"""Of folded titles: "schuler/in", "alumno/a", "etudiant·e"."""
_NOISE: Final = re.compile(
    r"\(.*?\)|\[.*?\]|[*:]|^(?:student|legal|preferred)\b(?=.*\bname)|^schuler(?=(?:vor|nach)?name)"
)
_WHOSE: Final = re.compile(
    r" (?:des schulers|der schuler(?:in|innen)?|der lernenden|(?:de l'|des )(?:eleve|etudiant|apprenant)s?"
    r"|(?:del|de la|de los) (?:alumn[oa]s?|estudiantes?))$"
)
"""Of folded titles: "nom de l'eleve"."""


def fold_title(title: str) -> str:
    """The title for comparison: without accents, case, brackets, genders, and whose name it is."""
    plain = _GENDERS.sub("", fold_name(title)).replace("_", " ")
    return _WHOSE.sub("", " ".join(_NOISE.sub("", plain).split()))


def _fold(*titles: str) -> tuple[str, ...]:
    return tuple(fold_title(title) for title in titles)


FULL_NAMES: Final = (
    *_fold("full name", "fullname", "name of student", "display name"),
    *_fold("vollständiger Name", "voller Name", "Anzeigename", "Nachname Vorname", "Name Vorname", "Vorname Nachname"),
    *_fold("nom complet", "nom affiché", "nom prénom", "prénom nom", "nom de famille prénom"),
    *_fold("nombre completo", "nombre para mostrar", "apellidos nombre", "apellidos nombres", "nombre apellidos"),
    *_fold("पूरा नाम", "विद्यार्थी का नाम", "छात्र का नाम"),
)
FIRST_NAMES: Final = (
    *_fold("first name", "firstname", "first names", "first", "given name", "given names", "forename", "forenames"),
    *_fold("Vorname", "Vornamen", "Rufname"),
    *_fold("prénom", "prénoms", "prénom usuel", "prénom d'usage", "prénom 1", "1er prénom"),
    *_fold("nombre", "nombres", "nombre de pila", "primer nombre", "पहला नाम"),
)
LAST_NAMES: Final = (
    *_fold("last name", "lastname", "last names", "last", "surname", "surnames", "family name"),
    *_fold("Nachname", "Nachnamen", "Familienname", "Zuname"),
    *_fold("nom de famille", "noms", "nom d'usage", "nom usuel", "nom de naissance"),
    *_fold("apellido", "apellidos", "primer apellido", "1er apellido", "apellido paterno", "उपनाम", "कुलनाम"),
)
SECOND_LAST_NAMES: Final = _fold(
    *("segundo apellido", "2º apellido", "2do apellido", "apellido materno", "second surname", "second last name"),
)
LAST_OR_FULL_NAMES: Final = ("name", "nom")
"""A full name, or a last name beside a first name."""
OTHER_FULL_NAMES: Final = (
    *_fold("nombre", "student", "students", "participant", "participants", "pupil", "learner"),
    *_fold("person", "personne", "persona"),
    *_fold("Schüler", "Schülerin", "Schülerinnen und Schüler", "Schülerin/Schüler", "Lernende", "Lernender"),
    *_fold("Teilnehmer", "Teilnehmerin", "Teilnehmende", "Studierende", "Studentin"),
    *_fold("élève", "élèves", "étudiant", "étudiante", "étudiants", "apprenant", "apprenants", "participante"),
    *_fold("alumno", "alumna", "alumnos", "alumnado", "estudiante", "estudiantes", "participantes"),
    *_fold("नाम", "विद्यार्थी", "छात्र"),
)
_PARTS: Final = re.compile(r"\s*(?:[,/&+]|\b(?:and|und|y|et)\b)\s*")


def is_full_title(title: str) -> bool:
    """Whether a folded title is of full names; also "Last name, first name" in one column."""
    parts = set(_PARTS.split(title))
    both = (*FIRST_NAMES, *LAST_NAMES, "vor-", "nach-", *LAST_OR_FULL_NAMES)
    return title in FULL_NAMES or (len(parts) > 1 and parts <= set(both))
