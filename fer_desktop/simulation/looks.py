"""Names and looks of the drawn students, all invented."""

import random
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

T = TypeVar("T")

Colour = tuple[int, int, int]
"""Blue, green, red."""


class Hair(StrEnum):
    """Haircuts, and the headscarf."""

    SHORT = "short"
    CROPPED = "cropped"
    SIDE_PARTED = "side_parted"
    FRINGE = "fringe"
    BOB = "bob"
    LONG = "long"
    CURLY = "curly"
    BUN = "bun"
    BALD = "bald"
    HEADSCARF = "headscarf"


class Room(StrEnum):
    """What stands behind a student."""

    PLAIN_WALL = "plain_wall"
    BOOKSHELF = "bookshelf"
    WINDOW = "window"
    PICTURES = "pictures"
    CURTAIN = "curtain"
    BLURRED = "blurred"


@dataclass(frozen=True, slots=True)
class Looks:
    """One student's looks. Sizes are factors around 1; `beard` is 0 (none) to 1."""

    seed: int
    skin: Colour
    hair: Hair
    hair_colour: Colour
    brow_colour: Colour
    clothing: Colour
    room: Room
    wall: Colour
    iris: Colour
    face_width: float
    jaw_width: float
    eye_size: float
    brow_thickness: float
    nose_width: float
    lip_fullness: float
    head_size: float
    beard: float
    glasses: bool
    light_side: float  # -1 from the left, 1 from the right

    @property
    def far_side(self) -> float:
        """The side to which the head turns when it turns far: 1 the picture's right, -1 its left."""
        return 1.0 if self.seed % 2 else -1.0


SKINS: Final[tuple[Colour, ...]] = (
    (172, 192, 226),
    (158, 180, 220),
    (148, 172, 212),
    (132, 162, 206),
    (122, 156, 204),
    (104, 138, 188),
    (86, 118, 168),
    (70, 98, 146),
    (56, 80, 122),
    (46, 66, 102),
)
_HAIR_COLOURS: Final[tuple[Colour, ...]] = (
    (24, 22, 24),
    (30, 30, 40),
    (34, 44, 66),
    (44, 62, 96),
    (60, 96, 150),
    (92, 140, 190),
    (40, 60, 130),
    (46, 74, 122),
)
_CLOTHING: Final[tuple[Colour, ...]] = (
    (120, 70, 40),
    (60, 60, 150),
    (80, 120, 60),
    (70, 70, 74),
    (170, 160, 150),
    (50, 110, 160),
    (110, 60, 110),
    (140, 130, 60),
    (200, 196, 190),
    (60, 40, 30),
)
_SCARVES: Final[tuple[Colour, ...]] = ((110, 66, 44), (86, 92, 40), (120, 84, 120), (60, 58, 62), (150, 150, 190))
_WALLS: Final[tuple[Colour, ...]] = (
    (196, 204, 208),
    (178, 190, 198),
    (170, 182, 172),
    (190, 176, 164),
    (150, 170, 190),
    (160, 150, 170),
    (120, 128, 132),
)
_IRISES: Final[tuple[Colour, ...]] = ((28, 42, 70), (36, 60, 96), (120, 100, 70), (90, 110, 80))


class HairGroup(StrEnum):
    """The groups of haircuts from which a student gets one."""

    SHORT = "short"
    LONG = "long"
    SCARF = "scarf"


_GROUP_CUTS: Final = {
    HairGroup.SHORT: (Hair.SHORT, Hair.CROPPED, Hair.SIDE_PARTED, Hair.CURLY, Hair.BALD, Hair.SHORT, Hair.SIDE_PARTED),
    HairGroup.LONG: (Hair.FRINGE, Hair.BOB, Hair.LONG, Hair.BUN, Hair.CURLY, Hair.LONG),
    HairGroup.SCARF: (Hair.HEADSCARF,),
}

NAMES: Final = {
    HairGroup.SHORT: (
        "José Marín", "Łukasz Wrona", "Noah Fischer", "Søren Holm", "Kwame Asante", "Mateo Núñez", "Arjun Sethi",
        "Omar Haddad", "Jürgen Krauß", "Tariq Aziz", "Diego Peña", "Samuel Bekele", "Björn Åkesson", "Hugo Lefèvre",
        "Minh Phạm", "Ivan Kovač", "Emre Çelik", "Daniel Cohen", "Pedro Gonçalves", "Viktor Nagy", "Rafael Ortiz",
        "Kofi Mensah", "Haruto Ono",
    ),
    HairGroup.LONG: (
        "Amara Okoye", "Zoë Lindgren", "Mei-Lin Zhao", "Priya Raman", "Chloé Besson", "Inês Faria", "Yuki Hayashi",
        "Elif Yıldız", "Hannah Roth", "Šárka Dvořák", "Linh Trần", "Grace Mwangi", "Sofia Ricci", "Aoife Brennan",
        "Nadia Petrova", "Ananya Iyer", "Keira Doyle", "Rosa Álvarez", "Thandi Nkosi", "Marta Żuk", "Ebba Sjöberg",
        "Ngozi Eze", "Anna Müller",
    ),
    HairGroup.SCARF: ("Fatima Benali", "Leila Rahimi", "Sana Malik"),
}  # fmt: skip
"""Invented, by the group of haircuts. 49 in all: one for each student of the largest page of a call."""

_NAMES_BEYOND_A_PAGE: Final = {
    HairGroup.SHORT: (
        "Andrés Molina", "Jakub Nowak", "Elias Brandt", "Lars Dahl", "Yaw Boateng", "Bruno Castro", "Rohan Mehta",
        "Karim Saleh", "Stefan Böhm", "Bilal Khan", "Javier Ibáñez", "Dawit Alemu", "Nils Öberg", "Louis Girard",
        "Quang Đặng", "Luka Horvat", "Kerem Şahin", "Adam Levy", "Tiago Simões", "Gábor Tóth", "Marco Ruiz",
        "Chidi Obi", "Kenji Mori",
    ),
    HairGroup.LONG: (
        "Adaeze Nwosu", "Freja Nyström", "Jia-Hui Lin", "Kavya Nair", "Élise Moreau", "Joana Pires", "Aiko Tanaka",
        "Defne Kılıç", "Lena Vogt", "Tereza Říhová", "Thu Nguyễn", "Wanjiru Kamau", "Giulia Conti", "Niamh Byrne",
        "Olga Sidorova", "Diya Menon", "Maeve Quinn", "Lucía Vega", "Zanele Dube", "Kinga Wójcik", "Saga Lund",
        "Ifeoma Ude", "Paula Weiß",
    ),
    HairGroup.SCARF: ("Amina Cherif", "Zahra Karimi", "Noor Hassan"),
}  # fmt: skip
_PAGES: Final = (NAMES, _NAMES_BEYOND_A_PAGE)
LARGEST_PAGE: Final = sum(len(names) for names in NAMES.values())


def make_people(*, students: int, seed: int) -> tuple[tuple[str, Looks], ...]:
    """Each student's name and looks. Skins and rooms are dealt evenly, so that every class shows all kinds."""
    rng = random.Random(f"people {seed}")
    pages = [[(name, group) for group, names in page.items() for name in names] for page in _PAGES]
    chosen = [
        person
        for number, page in enumerate(pages)
        for person in rng.sample(page, min(len(page), max(0, students - number * LARGEST_PAGE)))
    ]
    skins, rooms = _deal(rng, SKINS, students), _deal(rng, tuple(Room), students)
    cuts = {group: _deal(rng, kinds, students) for group, kinds in _GROUP_CUTS.items()}
    return tuple(
        (name, _make_looks(rng, skin, room, cuts[group].pop()))
        for (name, group), skin, room in zip(chosen, skins, rooms, strict=True)
    )


def _deal(rng: random.Random, kinds: tuple[T, ...], count: int) -> list[T]:
    """So many of the kinds in random order, each as often as any other, or once more."""
    rounds = -(-count // len(kinds))
    dealt = [kind for _ in range(rounds) for kind in rng.sample(kinds, len(kinds))]
    return dealt[:count]


def _make_looks(rng: random.Random, skin: Colour, room: Room, hair: Hair) -> Looks:
    dark = sum(skin) < 430
    hair_colour = rng.choice(_HAIR_COLOURS[:3] if dark else _HAIR_COLOURS)
    bearded = hair in _GROUP_CUTS[HairGroup.SHORT] and rng.random() < 0.35
    return Looks(
        seed=rng.randrange(1 << 30),
        skin=_vary(rng, skin, 6),
        hair=hair,
        hair_colour=rng.choice(_SCARVES) if hair is Hair.HEADSCARF else hair_colour,
        brow_colour=mix(hair_colour, (22, 22, 26), 0.45),
        clothing=_vary(rng, rng.choice(_CLOTHING), 12),
        room=room,
        wall=_vary(rng, rng.choice(_WALLS), 8),
        iris=rng.choice(_IRISES[:2] if dark else _IRISES),
        face_width=rng.uniform(0.94, 1.06),
        jaw_width=rng.uniform(0.9, 1.1),
        eye_size=rng.uniform(0.94, 1.1),
        brow_thickness=rng.uniform(0.8, 1.25),
        nose_width=rng.uniform(0.9, 1.2),
        lip_fullness=rng.uniform(0.85, 1.3),
        head_size=rng.uniform(0.94, 1.06),
        beard=rng.uniform(0.25, 0.6) if bearded else 0.0,
        glasses=rng.random() < 0.16,
        light_side=rng.choice((-1.0, 1.0)) * rng.uniform(0.5, 1.0),
    )


def mix(first: Colour, second: Colour, weight: float) -> Colour:
    """The first colour at weight 0, the second at 1."""
    blue, green, red = (round(a + (b - a) * weight) for a, b in zip(first, second, strict=True))
    return blue, green, red


def _vary(rng: random.Random, colour: Colour, amount: int) -> Colour:
    blue, green, red = (min(255, max(0, level + rng.randint(-amount, amount))) for level in colour)
    return blue, green, red
