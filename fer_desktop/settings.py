"""The user's settings: one typed schema, of which only what was changed is stored."""

import json
import logging
import os
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from fer_desktop.errors import SettingsError
from fer_desktop.system.files import replace_file
from fer_desktop.system.folders import config_folder, make_private_folder

_log = logging.getLogger(__name__)

FILE_NAME: Final = "settings.json"
_NOT_UNDERSTOOD: Final = "Your settings could not be understood, so the defaults are used. The file: {path}"


class Settings(BaseModel):
    """All settings with their defaults. Frozen: `settings.model_copy(update=...)` makes a changed one.

    `database_url`: a file or any SQLAlchemy URL, None for the file in the data folder. `place`: where the class is,
    ISO 3166 alpha-2, None until the teacher has said. `region`: the screen region watched last, or `window`: the
    window, by program and title; never both.
    `names_allowed`: the names that stand in the call window are shown and stored; never with `aggregate_only`, which
    wins. `retention_days`: sessions that are older are deleted; None keeps them. The `..._after_s` are the flags'
    patience; `class_drop`: how far the class's mood, -1 to 1, must fall at once; `flag_repeat_after_s`: a flag that
    comes and goes is raised no sooner again. `language`: from the next start on. `do_not_disturb`: flags are recorded,
    but nothing is shown of them. `keys_everywhere`: two keys work in every program while a session is on. `guide_seen`:
    the first-run guide was finished or skipped.
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
    away_after_s: int = Field(default=120, ge=5, le=3_600)
    camera_off_after_s: int = Field(default=120, ge=5, le=3_600)
    negative_after_s: int = Field(default=60, ge=10, le=3_600)
    drowsy_after_s: int = Field(default=20, ge=10, le=600)
    class_drop: float = Field(default=0.25, ge=0.1, le=1.0)
    flag_repeat_after_s: int = Field(default=180, ge=30, le=3_600)
    theme: Literal["system", "light", "dark"] = "system"
    text_size: Literal["small", "normal", "large", "larger"] = "normal"
    language: Literal["system", "en", "hi"] = "system"
    always_on_top: bool = False
    do_not_disturb: bool = False
    keys_everywhere: bool = True
    guide_seen: bool = False

    @model_validator(mode="before")
    @classmethod
    def _forbid_names_without_students(cls, values: object) -> object:
        """A file that asks for both was written by hand: the calmer of the two counts."""
        if isinstance(values, dict) and values.get("aggregate_only"):
            return values | {"names_allowed": False}
        return values


def settings_path() -> Path:
    """The file that is read and written where no other is named."""
    return config_folder() / FILE_NAME


def load_settings(path: Path | None = None) -> tuple[Settings, str | None]:
    """The stored settings, and a notice for the user where they could not be used: then they are the defaults.

    A damaged file is kept beside, as `settings.json.damaged`. Never raises for what is in the file.
    """
    path = path or settings_path()
    try:
        return _read_settings(path)
    except ValueError as error:
        _log.info("settings refused: %s", error)
        return Settings(), _put_aside(path)


def peek_settings(path: Path | None = None) -> tuple[Settings, str | None]:
    """As `load_settings`, but leaves a damaged file where it is."""
    path = path or settings_path()
    try:
        return _read_settings(path)
    except ValueError:
        return Settings(), _NOT_UNDERSTOOD.format(path=path)


def save_settings(settings: Settings, path: Path | None = None) -> None:
    """Stores what differs from the defaults, at one stroke. Raises `SettingsError` where the disk refuses."""
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


def _read_settings(path: Path) -> tuple[Settings, str | None]:
    """Raises `ValueError` for a damaged file."""
    try:
        return Settings.model_validate_json(path.read_text(encoding="utf-8")), None
    except FileNotFoundError:
        return Settings(), None
    except OSError as error:
        return Settings(), f"Your settings could not be read ({error.strerror}: {path}). The defaults are used."


def _put_aside(path: Path) -> str:
    kept = path.with_name(path.name + ".damaged")
    try:
        os.replace(path, kept)
    except OSError:
        return _NOT_UNDERSTOOD.format(path=path)
    return f"Your settings could not be understood, so the defaults are used. The old file is kept as {kept}"
