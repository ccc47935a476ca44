"""The user's settings: a typed schema with defaults. The file holds only what differs from them."""

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
_DAMAGED: Final = "Your settings could not be understood, so the defaults are used. The file: {path}"


class Settings(BaseModel):
    """All settings with their defaults. Frozen: `settings.model_copy(update=...)` makes a changed copy.

    `database_url`: a file or any SQLAlchemy URL; None for the file in the data folder.
    `place`: where the class is, ISO 3166-1 alpha-2; None until the teacher has answered.
    `region`, `window`: what was watched last, a screen region, or a window by program and title; never both.
    `names_allowed`: the names in the call window are shown and stored; off with `aggregate_only`, which has precedence.
    `retention_days`: older sessions are deleted; None keeps all.
    `..._after_s`: how long a state must last until its flag is raised.
    `class_drop`: how far the class's mood, -1 to 1, must fall for a flag.
    `flag_repeat_after_s`: least time until the same flag is raised again.
    `language`: takes effect at the next start.
    `do_not_disturb`: flags are recorded and not shown.
    `keys_everywhere`: two keys work in every program during a session.
    `guide_seen`: the first-run guide was finished or skipped.
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
        """For a file edited by hand that asks for both: the more private setting has precedence."""
        if isinstance(values, dict) and values.get("aggregate_only"):
            return values | {"names_allowed": False}
        return values


def settings_path() -> Path:
    """The file that is read and written by default."""
    return config_folder() / FILE_NAME


def load_settings(path: Path | None = None) -> tuple[Settings, str | None]:
    """The stored settings; the defaults with a notice for the user where the file cannot be used.

    A damaged file is renamed to `settings.json.damaged`. Never raises for the file's content.
    """
    path = path or settings_path()
    try:
        return _read_settings(path)
    except ValueError as error:
        _log.info("invalid settings: %s", error)
        return Settings(), _rename_damaged(path)


def peek_settings(path: Path | None = None) -> tuple[Settings, str | None]:
    """Like `load_settings`, but leaves a damaged file where it is."""
    path = path or settings_path()
    try:
        return _read_settings(path)
    except ValueError:
        return Settings(), _DAMAGED.format(path=path)


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


def _read_settings(path: Path) -> tuple[Settings, str | None]:
    """Raises `ValueError` for a damaged file."""
    try:
        return Settings.model_validate_json(path.read_text(encoding="utf-8")), None
    except FileNotFoundError:
        return Settings(), None
    except OSError as error:
        return Settings(), f"Your settings could not be read ({error.strerror}: {path}). The defaults are used."


def _rename_damaged(path: Path) -> str:
    """Returns the notice for the user."""
    kept = path.with_name(path.name + ".damaged")
    try:
        os.replace(path, kept)
    except OSError:
        return _DAMAGED.format(path=path)
    return f"Your settings could not be understood, so the defaults are used. The old file is kept as {kept}"
