"""Augments training faces with the changes that head movements and video calls make. Seeded.

All random numbers are drawn here; their order is part of a recipe, as another order gives another training run.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from data.degradation import (
    blur,
    change_exposure,
    change_gamma,
    compress,
    cover,
    cut_side,
    draw_glasses,
    move_face,
    shrink,
)
from fer_desktop.types import FACE_CROP_SIZE_PX as SIDE_PX
from fer_desktop.types import Image


@dataclass(frozen=True, slots=True)
class Augmentation:
    """The strength and the probability of each change. Chances are per picture; a range is (least, most)."""

    mirror_chance: float = 0.5
    rotation_deg: float = 10.0
    zoom: tuple[float, float] = (0.88, 1.18)
    shift_share: float = 0.08
    exposure_chance: float = 0.5
    gain: tuple[float, float] = (0.6, 1.4)
    offset: float = 30.0
    small_chance: float = 0.35
    small_side_px: tuple[int, int] = (20, 40)
    blur_chance: float = 0.15
    blur_sigma_px: tuple[float, float] = (0.4, 1.2)
    jpeg_chance: float = 0.3
    jpeg_quality: tuple[int, int] = (25, 85)
    cut_chance: float = 0.1
    cut_share: float = 0.25
    erase_chance: float = 0.2
    erase_share: tuple[float, float] = (0.02, 0.12)
    glasses_chance: float = 0.0
    glasses_grey: tuple[int, int] = (0, 90)
    gamma_chance: float = 0.0
    gamma: tuple[float, float] = (0.6, 2.0)


# The paper's augmentation: mirroring, rotation by 10 degrees, zoom and shift by a tenth.
_PAPER: Final = Augmentation(
    mirror_chance=0.5,
    rotation_deg=10.0,
    zoom=(0.9, 1.1),
    shift_share=0.1,
    exposure_chance=0.0,
    small_chance=0.0,
    blur_chance=0.0,
    jpeg_chance=0.0,
    cut_chance=0.0,
    erase_chance=0.0,
)

# The paper's, and a third of a call's: for the last epochs of a network that was trained with "call" (docs/adr/0013).
_MILD: Final = replace(
    _PAPER,
    exposure_chance=0.2,
    small_chance=0.12,
    blur_chance=0.05,
    jpeg_chance=0.1,
    cut_chance=0.03,
    erase_chance=0.07,
)

# Mild, with drawn glasses and dark faces, both of which lower the shipped network's accuracy.
_MILD_GLASSES: Final = replace(_MILD, glasses_chance=0.1, gamma_chance=0.15)

AUGMENTATIONS: Final = {"call": Augmentation(), "mild": _MILD, "mild-glasses": _MILD_GLASSES, "paper": _PAPER}
"""By name; "call" imitates head movements and video calls."""


def augment_batch(images: Image, settings: Augmentation, rng: np.random.Generator) -> Image:
    """An augmented copy of `images` (n, 48, 48) uint8; deterministic for a given state of `rng`."""
    return np.stack([_augment(image, settings, rng) for image in images])


def _augment(image: Image, settings: Augmentation, rng: np.random.Generator) -> Image:
    # One draw for all decisions: a call of the generator costs more than most of the changes. The later changes draw
    # only where they are used, so that earlier recipes stay the same.
    mirror_roll, exposure_roll, small_roll, blur_roll, jpeg_roll, cut_roll, erase_roll = rng.random(7)
    if _happens(settings.glasses_chance, rng):  # before the move, as the eyes are where the frame has them
        image = draw_glasses(image, grey=_draw_integer(settings.glasses_grey, rng))
    changed = _move(image, settings, rng, mirrored=bool(mirror_roll < settings.mirror_chance))
    if _happens(settings.gamma_chance, rng):
        changed = change_gamma(changed, gamma=rng.uniform(*settings.gamma))
    if exposure_roll < settings.exposure_chance:
        gain = rng.uniform(*settings.gain)
        changed = change_exposure(changed, gain=gain, offset=rng.uniform(-settings.offset, settings.offset))
    if small_roll < settings.small_chance:
        changed = shrink(changed, side_px=_draw_integer(settings.small_side_px, rng))
    if blur_roll < settings.blur_chance:
        changed = blur(changed, sigma_px=rng.uniform(*settings.blur_sigma_px))
    if jpeg_roll < settings.jpeg_chance:
        changed = compress(changed, quality=_draw_integer(settings.jpeg_quality, rng))
    if cut_roll < settings.cut_chance:
        changed = _cut(changed, settings, rng)
    if erase_roll < settings.erase_chance:
        changed = _erase(changed, settings, rng)
    return changed


def _happens(chance: float, rng: np.random.Generator) -> bool:
    return chance > 0 and bool(rng.random() < chance)


def _move(image: Image, settings: Augmentation, rng: np.random.Generator, *, mirrored: bool) -> Image:
    turn, log_zoom_share, shift_x, shift_y = rng.random(4)
    least, most = settings.zoom
    max_shift_px = settings.shift_share * SIDE_PX
    return move_face(
        image,
        turn_deg=(2 * turn - 1) * settings.rotation_deg,
        zoom=least * (most / least) ** log_zoom_share,
        shift_px=((2 * shift_x - 1) * max_shift_px, (2 * shift_y - 1) * max_shift_px),
        mirrored=mirrored,
    )


def _cut(image: Image, settings: Augmentation, rng: np.random.Generator) -> Image:
    width_px = _draw_integer((1, max(1, int(settings.cut_share * SIDE_PX))), rng)
    side = int(rng.integers(4))
    return cut_side(image, side=side, width_px=width_px, grey=int(rng.integers(256)))


def _erase(image: Image, settings: Augmentation, rng: np.random.Generator) -> Image:
    area = rng.uniform(*settings.erase_share) * SIDE_PX**2
    ratio = np.exp(rng.uniform(-1.0, 1.0))
    height_px = min(SIDE_PX, max(1, round(float(np.sqrt(area * ratio)))))
    width_px = min(SIDE_PX, max(1, round(float(np.sqrt(area / ratio)))))
    top_px, left_px = int(rng.integers(SIDE_PX - height_px + 1)), int(rng.integers(SIDE_PX - width_px + 1))
    grey = int(rng.integers(256))
    return cover(image, left_px=left_px, top_px=top_px, width_px=width_px, height_px=height_px, grey=grey)


def _draw_integer(least_most: tuple[int, int], rng: np.random.Generator) -> int:
    least, most = least_most
    return int(rng.integers(least, most + 1))
