"""How expressions move a face, as action units of the Facial Action Coding System (Ekman & Friesen, 1978)."""

from dataclasses import dataclass, fields
from typing import Final

from fer_desktop.types import Expression


@dataclass(frozen=True, slots=True)
class Muscles:
    """Action units, each 0 (at rest) to 1 (the strongest). The numbers are those of the coding system."""

    inner_brow_raise: float = 0.0  # 1
    outer_brow_raise: float = 0.0  # 2
    brow_lower: float = 0.0  # 4
    upper_lid_raise: float = 0.0  # 5
    cheek_raise: float = 0.0  # 6
    lid_tighten: float = 0.0  # 7
    nose_wrinkle: float = 0.0  # 9
    upper_lip_raise: float = 0.0  # 10
    corner_pull: float = 0.0  # 12
    corner_depress: float = 0.0  # 15
    chin_raise: float = 0.0  # 17
    lip_stretch: float = 0.0  # 20
    lip_tighten: float = 0.0  # 23
    lips_part: float = 0.0  # 25
    jaw_drop: float = 0.0  # 26, 27
    lid_droop: float = 0.0  # 43

    def blended(self, other: "Muscles", weight: float) -> "Muscles":
        """This face at weight 0, `other` at 1."""
        return Muscles(*(a + (b - a) * weight for a, b in zip(_values(self), _values(other), strict=True)))

    def scaled(self, strength: float) -> "Muscles":
        """The face at rest at strength 0, this face at 1."""
        return Muscles().blended(self, strength)


EXPRESSION_MUSCLES: Final = {
    Expression.NEUTRAL: Muscles(),
    Expression.HAPPY: Muscles(cheek_raise=0.8, corner_pull=1.0, lips_part=0.55, upper_lip_raise=0.2),
    Expression.SAD: Muscles(
        inner_brow_raise=1.0, brow_lower=0.5, corner_depress=1.0, chin_raise=0.7, lid_droop=0.75
    ),
    Expression.SURPRISE: Muscles(inner_brow_raise=1.0, outer_brow_raise=1.0, upper_lid_raise=0.9, jaw_drop=1.0),
    Expression.FEAR: Muscles(
        inner_brow_raise=1.0, outer_brow_raise=0.4, brow_lower=0.7, upper_lid_raise=1.0, lip_stretch=1.0,
        lips_part=0.7, jaw_drop=0.25,
    ),
    Expression.ANGRY: Muscles(
        brow_lower=1.0, upper_lid_raise=0.6, lid_tighten=0.5, lip_tighten=1.0, chin_raise=0.5, corner_depress=0.15,
        nose_wrinkle=0.3,
    ),
    Expression.DISGUST: Muscles(
        brow_lower=0.8, cheek_raise=0.9, lid_tighten=0.8, nose_wrinkle=1.0, upper_lip_raise=1.0, corner_depress=0.3,
        lips_part=0.35, lip_stretch=0.2,
    ),
}  # fmt: skip
"""The prototypes of Ekman's group for each expression (EMFACS), as far as drawn faces can show them."""


def _values(muscles: Muscles) -> tuple[float, ...]:
    return tuple(getattr(muscles, field.name) for field in fields(muscles))
