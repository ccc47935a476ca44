"""How well students are identified over time: IDF1 of Ristani et al. 2016 (arXiv:1609.01775), and switches."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fer_desktop.bench.gallery.matching import match_one_to_one
from fer_desktop.system.assignment import assign_one_to_one
from fer_desktop.types import Merge


@dataclass(frozen=True, slots=True)
class IdentityScore:
    """`student_of`: the true student of each identity, in the one-to-one matching over the whole video."""

    idf1: float
    students: int
    identities: int
    switches: int
    student_of: dict[int, int]


class IdentityCounter:
    """Counts boxes of one kind (faces, or tiles), frame by frame."""

    def __init__(self) -> None:
        self._shared: Counter[tuple[int, int]] = Counter()
        self._found = 0
        self._true = 0
        self._students: set[int] = set()
        self._identities: set[int] = set()
        self._latest: dict[int, int] = {}
        self._switches = 0

    def add(self, overlaps: NDArray[np.float64], *, identities: Sequence[int | None], students: Sequence[int]) -> None:
        """Counts one frame. `overlaps`: (found, true), 0 where the boxes do not match.

        A box without an identity counts as found, so that it lowers precision as a wrong one does.
        """
        self._found += len(identities)
        self._true += len(students)
        self._students |= set(students)
        self._identities |= {identity for identity in identities if identity is not None}
        touching = {(identities[i], students[j]) for i, j in np.argwhere(overlaps > 0).tolist()}
        self._shared.update((identity, student) for identity, student in touching if identity is not None)
        for i, j in match_one_to_one(overlaps):
            self._count_switch(identities[i], students[j])

    def _count_switch(self, identity: int | None, student: int) -> None:
        if identity is None:
            return
        self._switches += self._latest.get(student, identity) != identity
        self._latest[student] = identity

    def score(self, merges: Sequence[Merge] = ()) -> IdentityScore:
        """The score of all frames so far; IDF1 is 1 where there was nothing to find and nothing was found.

        `merges`: of identities, in order, applied to all frames so far. Switches are counted without them, as they
        were seen.
        """
        shared = Counter[tuple[int, int]]()
        for (identity, student), frames_shared in self._shared.items():
            shared[_follow(identity, merges), student] += frames_shared
        identities = sorted({_follow(identity, merges) for identity in self._identities})
        students = sorted(self._students)
        frames = np.array([[shared[i, s] for s in students] for i in identities], float)
        frames = frames.reshape(len(identities), len(students))
        rows, columns = assign_one_to_one(-frames)
        boxes = self._found + self._true
        return IdentityScore(
            idf1=2 * float(frames[rows, columns].sum()) / boxes if boxes else 1.0,
            students=len(students),
            identities=len(identities),
            switches=self._switches,
            student_of={identities[i]: students[j] for i, j in zip(rows, columns, strict=True) if frames[i, j] > 0},
        )


def _follow(identity: int, merges: Sequence[Merge]) -> int:
    for merge in merges:
        identity = merge.renumber(identity)
    return identity
