"""Two tiles in one run of the detector, where a face is only to be found again.

The detector's input is square and tiles are not: a tile of 16:9 leaves 44 % of it black. Two of them, a ninth smaller,
fill it. On rendered lessons of 30 to 49 students, 99.1 to 100 % of the faces were found again so, with boxes of IoU .94
in the middle; the others are looked at alone in the same frame, so nothing is lost.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from fer_desktop.types import Box
from fer_desktop.vision.faces.blazeface import RawFace

_MIN_LONGER: Final = 1.5
"""A tile that is nearer to a square would shrink by more than a quarter."""
_NEAR_SHARE: Final = 0.3
"""Of a tile's height: the face of somebody alone, near the camera. Smaller ones are looked at alone."""
_SAME_PLACE: Final = 0.4
_SCORE_DROP: Final = 0.1
"""How much the detector's score may drop before the face is looked at again: a head that turns away loses more."""


@dataclass(frozen=True, slots=True)
class KnownFace:
    """A face that was verified in an earlier frame."""

    box: Box
    score: float

    def is_met_by(self, face: RawFace) -> bool:
        """Whether `face` stands where this one stood, and shows as clearly."""
        return self.box.iou(face.box) > _SAME_PLACE and face.score > self.score - _SCORE_DROP


def find_lone_faces(tiles: Sequence[Box], known: Sequence[KnownFace]) -> dict[int, KnownFace]:
    """By the index of their tile: faces near the camera, where no other is known in the tile."""
    lone = {}
    for index, tile in enumerate(tiles):
        faces = [face for face in known if tile.contains(*face.box.centre)]
        if len(faces) == 1 and faces[0].box.height >= _NEAR_SHARE * tile.height:
            lone[index] = faces[0]
    return lone


def plan_pairs(tiles: Sequence[Box], lone: Collection[int]) -> list[tuple[int, int]]:
    """Indices of tiles to look at together, of those with a lone face: wide ones, and tall ones."""
    wide = [index for index in lone if tiles[index].width >= _MIN_LONGER * tiles[index].height]
    tall = [index for index in lone if tiles[index].height >= _MIN_LONGER * tiles[index].width]
    return [*zip(wide[::2], wide[1::2], strict=False), *zip(tall[::2], tall[1::2], strict=False)]


def is_found_again(known: KnownFace, faces: Sequence[RawFace]) -> bool:
    """Whether a tile shows the face that was its only one, and nothing else."""
    return len(faces) == 1 and known.is_met_by(faces[0])
