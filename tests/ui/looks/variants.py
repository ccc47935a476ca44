"""The one table of which pictures of the windows are compared, and in which variants."""

from dataclasses import dataclass
from typing import Final

from tests.ui.looks.compare import ANOTHER_SCALE, SAME_SCALE, Limits
from tests.ui.looks.scenes import SCENES
from ui.theme import TEXT_SCALES


@dataclass(frozen=True, slots=True)
class Screen:
    """What a process cannot change once it has started: the screen's scale and the system's text size."""

    name: str
    scale: str = "1"
    """As `QT_SCALE_FACTOR` takes it."""
    points: float = 10.0


@dataclass(frozen=True, slots=True)
class Variant:
    """How a scene is shown, and how closely it must match its reference."""

    theme: str = "light"
    language: str = "en"
    screen: Screen = Screen("plain")
    text_size: str | None = None
    """A key of `TEXT_SCALES`; None: the scene's own."""
    suffix: str = ""
    """Distinguishes references of the same theme and language."""
    limits: Limits = SAME_SCALE


@dataclass(frozen=True, slots=True)
class Look:
    """One picture of one scene."""

    scene: str
    variant: Variant

    @property
    def name(self) -> str:
        """The stem of the picture's and of its reference's file; scales of the screen share one."""
        return f"{self.scene}-{self.variant.theme}-{self.variant.language}{self.variant.suffix}"

    @property
    def text_size(self) -> str:
        return self.variant.text_size or SCENES[self.scene].text_size


LIGHT_ENGLISH: Final = Variant()
DARK: Final = Variant(theme="dark")
HINDI: Final = Variant(language="hi")
GERMAN: Final = Variant(language="de")
SCALE_1_5: Final = Variant(screen=Screen("scale-1.5", scale="1.5"), limits=ANOTHER_SCALE)
SCALE_2: Final = Variant(screen=Screen("scale-2", scale="2"), limits=ANOTHER_SCALE)
DOUBLE_TEXT: Final = Variant(
    screen=Screen("double-text", points=10.0 * 2 / TEXT_SCALES["larger"]), text_size="larger", suffix="-double-text"
)
"""The system's text size times the program's own is 200 %."""

VARIANTS: Final[dict[Variant, tuple[str, ...]]] = {
    # Layout and words: every scene.
    LIGHT_ENGLISH: tuple(SCENES),
    # Colours that come from the theme: each kind of chart, table, tag, banner, form and overlay once.
    DARK: (
        "start-later",
        "windows",
        "draw-drawn",
        "consent",
        "live",
        "live-wide",
        "live-problem",
        "review",
        "review-attendance",
        "review-heat-expression",
        "review-heat-attention",
        "review-student",
        "review-compare",
        "review-follow-up",
        "settings",
        "accuracy",
    ),
    # Another script and longer texts: whatever wraps, elides, or shares a row.
    HINDI: (
        "start-narrow",
        "start-recordings",
        "guide-inform",
        "windows-missing",
        "consent-recording",
        "live",
        "live-narrow",
        "live-larger-text",
        "review",
        "review-narrow",
        "review-students-larger-text",
        "review-attendance",
        "review-compare",
        "review-follow-up",
        "settings-flags",
        "export",
        "recovery-key",
        "accuracy-limits",
    ),
    # The longest words of all.
    GERMAN: (
        "start-narrow",
        "consent",
        "live",
        "live-narrow",
        "review",
        "review-narrow",
        "review-follow-up",
        "settings-flags",
        "export",
    ),
    # Icons, thin lines and charts on a finer screen; compared with the reference of scale 1.
    SCALE_1_5: ("start-later", "live", "live-wide", "review", "review-heat-expression"),
    SCALE_2: ("start-later", "live", "live-wide", "review", "review-heat-expression"),
    # Texts twice as large, in windows that are wide enough for them.
    DOUBLE_TEXT: (
        "start-recordings",
        "consent",
        "live-wide",
        "review",
        "review-follow-up",
        "export",
        "encrypt-no-keyring",
        "recovery-key",
    ),
}

LOOKS: Final = tuple(Look(scene, variant) for variant, scenes in VARIANTS.items() for scene in scenes)

DRAWN_ONLY: Final = tuple(Look(scene, HINDI) for scene in SCENES if scene not in VARIANTS[HINDI])
"""Without a reference: a text that cannot be translated or formatted raises an error when it is drawn."""

SCREENS: Final = {variant.screen.name: variant.screen for variant in VARIANTS}
