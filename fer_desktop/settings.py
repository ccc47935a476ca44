"""The user's settings: a typed schema with defaults. The file holds only what differs from them."""

import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from fer_desktop.errors import SettingsError
from fer_desktop.messages import Message, MessageKey
from fer_desktop.system.files import beside, make_private, read_small_file, replace_binary_file, replace_file
from fer_desktop.system.folders import config_folder, make_private_folder
from fer_desktop.timetable.timetable import MAX_COURSES, CourseTimes

_log = logging.getLogger(__name__)

MAX_SETUPS: Final = 12
FILE_NAME: Final = "settings.json"
_MAX_FILE_BYTES: Final = 1_000_000
_PAIR: Final = re.compile(r'"(\w+)"\s*:\s*("(?:[^"\\\n]|\\.)*"|true|false|null|-?[0-9][0-9.eE+-]*)\s*(?=[,}\n])')
"""A name and a value that is no list or object, in a file that is no JSON."""

Safeguard = Literal["aggregate_only", "place", "retention_days"]
"""A setting whose loss could harm somebody: what is read, what is stored and what is deleted depend on it."""
SAFEGUARDS: Final[tuple[Safeguard, ...]] = get_args(Safeguard)


_Pixel = Annotated[int, Field(ge=-100_000, le=100_000)]
StripPlace = tuple[_Pixel, _Pixel, _Pixel]
"""Left, top and width of the live window while it is one line, in pixels of the desktop."""


class Thresholds(BaseModel):
    """When flags are raised, as in the settings: seconds, and the fall of the class's mood on its scale of -1 to 1."""

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    away_after_s: int = Field(default=120, ge=5, le=3_600)
    camera_off_after_s: int = Field(default=120, ge=5, le=3_600)
    negative_after_s: int = Field(default=60, ge=10, le=3_600)
    drowsy_after_s: int = Field(default=40, ge=10, le=600)
    class_drop: float = Field(default=0.25, ge=0.1, le=1.0)
    flag_repeat_after_s: int = Field(default=180, ge=30, le=3_600)


Sensitivity = Literal["calm", "normal", "sensitive"]
PRESETS: Final[Mapping[Sensitivity, Thresholds]] = {
    "calm": Thresholds(
        away_after_s=300,
        camera_off_after_s=300,
        class_drop=0.35,
        flag_repeat_after_s=600,
    ),
    "normal": Thresholds(),
    "sensitive": Thresholds(
        away_after_s=60,
        camera_off_after_s=60,
        drowsy_after_s=20,
        class_drop=0.2,
        flag_repeat_after_s=120,
    ),
}
"""Thresholds by the word for them. `bench-flags --sensitivity` measures how often their flags are correct."""


def find_sensitivity(thresholds: Thresholds) -> Sensitivity | None:
    """The word for these thresholds; None for the teacher's own."""
    return next((word for word, preset in PRESETS.items() if preset == thresholds), None)


class Setup(BaseModel):
    """What was chosen at the start of a course's last lesson. `region`, `window`: as in the settings, never both."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    course: str = Field(min_length=1, max_length=200)
    region: str | None = Field(default=None, max_length=100)
    window: str | None = Field(default=None, max_length=400)
    aggregate_only: bool = False
    thresholds: Thresholds = Thresholds()


class Settings(Thresholds):
    """All settings with their defaults. Frozen: `settings.model_copy(update=...)` makes a changed copy.

    `database_url`: a file or any SQLAlchemy URL; None for the file in the data folder.
    `place`: where the class is, ISO 3166-1 alpha-2; None until the teacher has answered.
    `region`, `window`: what was watched last, a screen region, or a window by program and title; never both.
    `names_allowed`: the names in the call window are shown and stored; off with `aggregate_only`, which has precedence.
    `retention_days`: older sessions are deleted; None keeps all.
    `..._after_s`: how long a state must last until its flag is raised.
    `class_drop`: how far the class's mood, -1 to 1, must fall for a flag.
    `flag_repeat_after_s`: least time until the same flag is raised again.
    `setups`: saved set-ups, the newest first. `timetable`: what the teacher chose of a calendar.
    `consent_texts`: the teacher's own words by the fingerprint of the program's text that they replace.
    `do_not_disturb`: flags are recorded and not shown.
    `keys_everywhere`: two keys work in every program during a session.
    `strip_place`: where the live window was as one line.
    `guide_seen`: the first-run guide was finished or skipped.
    `unconfirmed`: the safeguards that a damaged file lost. Until the user saves the settings expressions are off, only
    class totals are stored, and nothing is purged.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", allow_inf_nan=False)

    database_url: str | None = None
    place: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    region: str | None = None
    window: str | None = Field(default=None, max_length=400)
    course: str = Field(default="", max_length=200)
    frames_per_second: float = Field(default=5.0, ge=0.2, le=30.0)
    aggregate_only: bool = False
    names_allowed: bool = False
    retention_days: int | None = Field(default=None, ge=1, le=36_500)
    setups: tuple[Setup, ...] = ()
    timetable: tuple[CourseTimes, ...] = Field(default=(), max_length=MAX_COURSES)
    consent_texts: dict[str, Annotated[str, StringConstraints(max_length=10_000)]] = Field(default_factory=dict)
    theme: Literal["system", "light", "dark"] = "system"
    text_size: Literal["small", "normal", "large", "larger"] = "normal"
    language: Literal["system", "en", "de", "es", "fr", "hi"] = "system"
    always_on_top: bool = False
    do_not_disturb: bool = False
    keys_everywhere: bool = True
    guide_seen: bool = False
    strip_place: StripPlace | None = None
    unconfirmed: tuple[Safeguard, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether every safeguard is known."""
        return not self.unconfirmed

    @property
    def class_totals(self) -> bool:
        """Whether only class totals may be stored."""
        return self.aggregate_only or not self.confirmed

    def find_exceeded_days(self, began_at: datetime, now: datetime) -> int | None:
        """The days after which lessons are deleted, where one that began then is older; else None."""
        days = self.retention_days
        return days if days is not None and began_at < now - timedelta(days=days) else None

    @property
    def purge_after_days(self) -> int | None:
        """`retention_days`, None while a safeguard is unknown."""
        return self.retention_days if self.confirmed else None

    @property
    def thresholds(self) -> Thresholds:
        """The thresholds alone."""
        return Thresholds.model_validate(self.model_dump(include=set(Thresholds.model_fields)))

    def with_place(self, place: str | None) -> "Settings":
        """A copy with a place that the user has just given, and that is therefore known."""
        unconfirmed = tuple(name for name in self.unconfirmed if name != "place")
        return self.model_copy(update={"place": place, "unconfirmed": unconfirmed})

    def limited_to(self, other: "Settings") -> "Settings":
        """A copy that names no student, and stores none singly, where `other` does not."""
        return self.model_copy(
            update={
                "names_allowed": self.names_allowed and other.names_allowed,
                "aggregate_only": self.class_totals or other.class_totals,
            }
        )

    @model_validator(mode="before")
    @classmethod
    def _forbid_names_without_students(cls, values: object) -> object:
        """For a file edited by hand that asks for both: the more private setting has precedence."""
        if isinstance(values, dict) and values.get("aggregate_only"):
            return values | {"names_allowed": False}
        return values


def keep_setup(setups: Sequence[Setup], new: Setup) -> tuple[Setup, ...]:
    """The set-ups with `new` in front, in place of the one of the same course; the oldest of too many are dropped."""
    return (new, *remove_setup(setups, new.course))[:MAX_SETUPS]


def remove_setup(setups: Sequence[Setup], course: str) -> tuple[Setup, ...]:
    """The set-ups without the course's."""
    return tuple(each for each in setups if each.course.casefold() != course.casefold())


def settings_path() -> Path:
    """The file that is read and written by default."""
    return config_folder() / FILE_NAME


def load_settings(path: Path | None = None) -> tuple[Settings, Message | None]:
    """The stored settings, with a notice for the user where some could not be read or are not confirmed.

    A field counts even if others are damaged. A damaged file is kept as `settings.json.damaged`; the file then
    holds what could be read, with `unconfirmed`. Never raises for the file's content.
    """
    path = path or settings_path()
    make_private(path)  # it may hold the password of a database
    found = _read_settings(path)
    kept = _keep_damaged(path, found.settings) if found.damaged else path
    return found.settings, found.describe(kept)


def peek_settings(path: Path | None = None) -> tuple[Settings, Message | None]:
    """Like `load_settings`, but leaves a damaged file as it is."""
    path = path or settings_path()
    found = _read_settings(path)
    return found.settings, found.describe(path)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Stores what differs from the defaults, atomically. Raises `SettingsError` where the file cannot be written."""
    path = path or settings_path()
    changed = settings.model_dump(mode="json", exclude_defaults=True)
    try:
        make_private_folder(path.parent)
        with replace_file(path) as file:
            file.write(json.dumps(changed, indent=2, ensure_ascii=False) + "\n")
    except OSError as error:
        raise SettingsError(
            f"your settings could not be stored in {path} ({error.strerror}); make room or allow writing there"
        ) from error


def save_changes(before: Settings, after: Settings, path: Path | None = None) -> None:
    """Stores what the user changed and leaves the rest as it is stored by now: another window may have changed that.

    All of `after` where there is no file, or one that cannot be read as a whole. Raises `SettingsError`.
    """
    path = path or settings_path()
    found = _read_settings(path)
    save_settings(_apply_changes(found.settings, before, after) if found.whole else after, path)


def _apply_changes(stored: Settings, before: Settings, after: Settings) -> Settings:
    changed = {name for name in Settings.model_fields if getattr(before, name) != getattr(after, name)}
    changed |= set(before.unconfirmed) - set(after.unconfirmed)  # the user has seen it, and it is right
    if changed & {"region", "window"}:
        changed |= {"region", "window"}
    values = stored.model_dump() | after.model_dump(include=changed)
    values["unconfirmed"] = tuple(name for name in stored.unconfirmed if name in after.unconfirmed)
    values["setups"] = _apply_to_setups(stored.setups, before.setups, after.setups)
    values["consent_texts"] = _apply_to_texts(stored.consent_texts, before.consent_texts, after.consent_texts)
    return Settings.model_validate(values)


def _apply_to_setups(stored: Sequence[Setup], before: Sequence[Setup], after: Sequence[Setup]) -> Sequence[Setup]:
    if stored == before:
        return after
    for setup in before:
        if setup not in after:
            stored = remove_setup(stored, setup.course)
    for setup in reversed(after):
        if setup not in before:
            stored = keep_setup(stored, setup)
    return stored


def _apply_to_texts(
    stored: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]
) -> Mapping[str, str]:
    kept = {name: text for name, text in stored.items() if name in after or name not in before}
    return kept | {name: text for name, text in after.items() if before.get(name) != text}


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read of a file. `lost`: fields with invalid values. `broken`: it is no JSON object."""

    settings: Settings
    lost: tuple[str, ...] = ()
    broken: bool = False
    unreadable: Message | None = None
    missing: bool = False

    @property
    def whole(self) -> bool:
        return not (self.missing or self.damaged or self.unreadable)

    @property
    def damaged(self) -> bool:
        return self.broken or bool(self.lost)

    def describe(self, old_file: Path) -> Message | None:
        """The notice for the user; None where nothing is wrong."""
        damage = self.unreadable
        if self.broken:
            damage = Message(MessageKey.SETTINGS_BROKEN, path=str(old_file))
        elif self.lost:
            damage = Message(MessageKey.SETTINGS_LOST, names=", ".join(self.lost), path=str(old_file))
        if self.settings.confirmed:
            return damage
        damage = damage or Message(MessageKey.SETTINGS_NOT_CONFIRMED)
        return Message(MessageKey.SETTINGS_UNCONFIRMED, damage=damage)


def _read_settings(path: Path) -> _Found:
    try:
        content = read_small_file(path, _MAX_FILE_BYTES)
    except FileNotFoundError:
        return _Found(Settings(), missing=True)
    except OSError as error:
        unreadable = Message(MessageKey.SETTINGS_UNREADABLE, reason=error.strerror or str(error), path=str(path))
        return _Found(Settings(unconfirmed=SAFEGUARDS), unreadable=unreadable)
    try:
        values = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        _log.info("damaged settings: %s", error)
        values = None
    if isinstance(values, dict):
        return _validate(values, broken=False)
    return _validate(_salvage(content.decode("utf-8", errors="replace")), broken=True)


def _salvage(text: str) -> dict[str, object]:
    """The pairs of known names and plain values in a damaged text; where a name recurs, the last value."""
    values: dict[str, object] = {}
    for name, value in _PAIR.findall(text):
        if name not in Settings.model_fields or "\N{REPLACEMENT CHARACTER}" in value:
            continue
        try:
            values[name] = json.loads(value)
        except ValueError:
            continue
    return values


def _validate(values: Mapping[str, object], *, broken: bool) -> _Found:
    """The settings of the valid fields. The safeguards of a broken file are unconfirmed even where they are found."""
    lost: set[str] = set()
    try:
        settings = Settings.model_validate(values)
    except ValidationError as error:
        lost = {str(problem["loc"][0]) for problem in error.errors(include_input=False)}
        settings = Settings.model_validate({name: value for name, value in values.items() if name not in lost})
    every = broken or "unconfirmed" in lost
    unconfirmed = tuple(name for name in SAFEGUARDS if every or name in lost or name in settings.unconfirmed)
    return _Found(settings.model_copy(update={"unconfirmed": unconfirmed}), tuple(sorted(lost)), broken)


def _keep_damaged(path: Path, settings: Settings) -> Path:
    """Copies the damaged file aside and stores what was read of it. Returns where the old content is."""
    kept = beside(path, ".damaged")
    try:
        with replace_binary_file(kept) as file:
            file.write(read_small_file(path, _MAX_FILE_BYTES))
        save_settings(settings, path)
    except (OSError, SettingsError) as error:
        _log.info("the damaged settings stay in place: %s", error)
        return path
    return kept
