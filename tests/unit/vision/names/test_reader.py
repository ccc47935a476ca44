"""Labels as call apps draw them, read by the shipped networks."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture
from PIL import ImageDraw

from fer_desktop.errors import ModelError
from fer_desktop.roster.names import fold_name
from fer_desktop.types import Box, Floats, Image
from fer_desktop.vision.names.reader import LabelReader
from fer_desktop.vision.names.text_networks import SHIPPED_FOLDER, TextNetworks
from tests.damage import flip_bit
from tests.unit.vision.names.drawing import INK, Look, compress, draw_label, draw_muted_microphone, draw_room, load_font

PLAIN = Look()
TILE = Box(30, 20, 266, 150)


@pytest.fixture(scope="module")
def reader() -> LabelReader:
    return LabelReader()


def draw_tile(name: str, look: Look = PLAIN, *, seed: int = 0) -> Image:
    image = np.full((200, 330, 3), 28, np.uint8)
    image[20:170, 30:296] = draw_room(266, 150, seed)
    draw_label(image, TILE, name, look)
    return image


def draw_card(colour: int = 40) -> Image:
    return np.full((200, 330, 3), colour, np.uint8)


LIGHT = Look(letters=INK, pill=(246, 246, 248, 255))


@pytest.mark.parametrize(
    "look",
    [
        Look(),
        Look(pill=None),
        LIGHT,
        Look(place="bottom centre"),
        Look(place="top left"),
        Look(place="bottom right"),
        Look(font="DejaVuSerif"),
        Look(font="DejaVuSans-Bold", size_px=13),
        Look(font="STIXGeneral", size_px=17),
        Look(size_px=12),
        Look(size_px=22, pill=(20, 60, 120, 255)),
        Look(letters=INK, pill=(255, 255, 255, 190), place="top left", font="DejaVuSansMono"),
    ],
    ids=str,
)
@pytest.mark.parametrize("name", ["Chloé Dubois", "Tariq Hassan"])
def test_labels_are_read_whatever_the_app(reader: LabelReader, name: str, look: Look) -> None:
    assert fold_name(reader.read(draw_tile(name, look), TILE, camera_on=True) or "") == fold_name(name)


@pytest.mark.parametrize(
    "name", ["Zoë van Dijk", "Lukas Müller", "Elif Yılmaz", "Mateo Fernández", "Søren Kjær", "王伟明"]
)
def test_letters_of_many_languages_are_known(name: str) -> None:
    assert set(name) <= set(TextNetworks().alphabet)


@pytest.mark.parametrize("size_px", [12, 15, 18])
def test_a_mark_of_another_language_is_not_taken_for_a_vietnamese_one(reader: LabelReader, size_px: int) -> None:
    assert reader.read(draw_tile("Lukas Müller", Look(size_px=size_px)), TILE, camera_on=True) == "Lukas Müller"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Priya Ramachand...", "Priya Ramachand…"),
        ("Grace Wanjiru (Host, me)", "Grace Wanjiru"),
        ("Ana Silva 2", "Ana Silva 2"),
        ("Konstantina Papadopoulou", "Konstantina Papadopoulou"),
    ],
)
def test_what_is_no_part_of_the_name_is_dropped(reader: LabelReader, label: str, name: str) -> None:
    assert reader.read(draw_tile(label), TILE, camera_on=True) == name


def test_long_names_are_read_to_their_end(reader: LabelReader) -> None:
    tile = Box(0, 0, 400, 225)
    for name in ("Konstantina Papadopoulou Georgiou", "Sir Christopher Montgomery-Fitzgerald"):
        image = draw_room(400, 225, 1)
        draw_label(image, tile, name)
        assert reader.read(image, tile, camera_on=True) == name


def test_a_tile_without_a_label_has_no_name(reader: LabelReader) -> None:
    image = np.zeros((200, 330, 3), np.uint8)
    image[20:170, 30:296] = draw_room(266, 150, 3)
    assert reader.read(image, TILE, camera_on=True) is None
    assert reader.read(draw_card(), TILE, camera_on=False) is None


@pytest.mark.parametrize("text", ["10:45", "7", "A", "123 456"])
def test_clocks_and_numbers_are_no_names(reader: LabelReader, text: str) -> None:
    assert reader.read(draw_tile(text), TILE, camera_on=True) is None


def test_initials_in_a_circle_are_no_name(reader: LabelReader) -> None:
    canvas = Picture.fromarray(draw_card())
    draw = ImageDraw.Draw(canvas)
    draw.ellipse((125, 57, 201, 133), fill=(90, 160, 200))
    draw.text((163, 95), "CD", font=load_font("DejaVuSans", 24), fill=(255, 255, 255), anchor="mm")
    card = np.array(canvas)
    assert reader.read(card, TILE, camera_on=False) is None
    draw_label(card, TILE, "Chloe Dubois")
    assert reader.read(card, TILE, camera_on=False) == "Chloe Dubois"


def test_a_card_may_have_its_name_in_the_middle(reader: LabelReader) -> None:
    card = draw_card()
    draw_label(card, TILE, "Ingrid Berg", Look(size_px=22, pill=None, place="middle centre"))
    assert reader.read(card, TILE, camera_on=False) == "Ingrid Berg"


def test_text_in_the_picture_is_no_label(reader: LabelReader) -> None:
    image = draw_tile("", Look(pill=None))
    draw_label(image, Box(110, 70, 150, 60), "Visit Paris", Look(pill=None))
    assert reader.read(image, TILE, camera_on=True) is None


def test_a_name_half_lost_in_the_background_is_not_read(reader: LabelReader) -> None:
    image = draw_tile("", Look(pill=None))
    image[130:170, 30:90] = 255
    draw_label(image, TILE, "Pedro Alves", Look(pill=None))
    assert reader.read(image, TILE, camera_on=True) in (None, "Pedro Alves")


@pytest.mark.parametrize(
    "box", [Box(0, 0, 40, 20), Box(400, 400, 100, 80), Box(300, 180, 100, 80), Box(-50, -50, 60, 60)]
)
def test_tiles_too_small_or_outside_have_no_name(reader: LabelReader, box: Box) -> None:
    assert reader.read(draw_tile("Chloe Dubois"), box, camera_on=True) is None


def test_a_large_tile_is_searched_in_pieces(reader: LabelReader) -> None:
    image = draw_room(1280, 720, 2)
    draw_label(image, Box(0, 0, 1280, 720), "Camille Laurent", Look(size_px=16))
    assert reader.read(image, Box(0, 0, 1280, 720), camera_on=True) == "Camille Laurent"


@pytest.mark.parametrize("name", ["Ana Silva", "Lukas Meyer", "Olivia Brown", "Jonas Vogt"])
@pytest.mark.parametrize(("size_px", "cut_px"), [(15, 1), (18, 8), (18, 9), (22, 10)])
def test_a_latin_name_that_the_tiles_side_cuts_is_read_in_no_other_script(
    reader: LabelReader, name: str, size_px: int, cut_px: int
) -> None:
    image = draw_room(330, 150, 1)
    draw_label(image, Box(0, 0, 330, 150), name, Look(size_px=size_px))
    side = 7 + cut_px
    read = reader.read(image, Box(side, 0, 330 - side, 150), camera_on=True)
    assert read is None or read.isascii()


@pytest.mark.parametrize("size_px", [24, 28, 32])
@pytest.mark.parametrize("name", ["Konstantina Papadopoulou", "Christopher Montgomery-Lee"])
def test_a_name_that_goes_on_behind_a_piece_is_read_to_its_end(reader: LabelReader, name: str, size_px: int) -> None:
    image = draw_room(1000, 562, 2)
    draw_label(image, Box(0, 0, 1000, 562), name, Look(size_px=size_px))
    assert reader.read(image, Box(0, 0, 1000, 562), camera_on=True) == name


@pytest.mark.parametrize("name", ["Sam", "wissy", "Henry Chung"])
@pytest.mark.parametrize("size_px", [10, 11, 12])
def test_a_muted_microphone_before_a_name_is_no_letter(reader: LabelReader, name: str, size_px: int) -> None:
    tile = Box(0, 0, 16 * size_px, 9 * size_px)
    image = draw_room(16 * size_px, 9 * size_px, 1)
    draw_label(image, tile, f"   {name}", Look(size_px=size_px))
    draw_muted_microphone(image, 5, 8 * size_px - 6, size_px - 1)
    assert reader.read(compress(image, quality=40), tile, camera_on=True) == name


class Shortsighted(TextNetworks):
    """Finds text only in what is enlarged more than twice."""

    def map_text(self, picture: Image, max_scale: float) -> tuple[Floats, float]:
        probabilities, scale = super().map_text(picture, max_scale)
        return (probabilities if scale > 2 else np.zeros_like(probabilities)), scale


def test_a_small_tile_in_which_no_label_was_found_is_searched_once_more_enlarged() -> None:
    small = Box(0, 0, 192, 108)
    image = draw_room(192, 108, 2)
    draw_label(image, small, "Ana Silva", Look(size_px=11))
    assert LabelReader(Shortsighted()).read(image, small, camera_on=True) == "Ana Silva"


class TwoMinded(TextNetworks):
    """Reads half of a line that is enlarged softly."""

    def read_line(self, line: Image, *, softly: bool = False) -> Floats:
        return super().read_line(line[:, : line.shape[1] // 2] if softly else line)


def test_a_small_label_that_is_read_in_two_ways_gives_no_name(reader: LabelReader) -> None:
    small, usual = (draw_tile("Emma Moreau", Look(size_px=size_px)) for size_px in (9, 15))
    assert reader.read(small, TILE, camera_on=True) == "Emma Moreau"
    two_minded = LabelReader(TwoMinded())
    assert two_minded.read(small, TILE, camera_on=True) is None
    assert two_minded.read(usual, TILE, camera_on=True) == "Emma Moreau", "letters of 15 pixels do not merge"


def test_missing_networks_are_reported(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"Names cannot be read: .* is missing\. Install FER Desktop again"):
        TextNetworks(tmp_path)


@pytest.mark.parametrize("name", ["alphabet.txt", "text_finder.tflite", "text_recogniser.tflite"])
def test_a_flipped_bit_in_any_file_is_reported(tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(SHIPPED_FOLDER, tmp_path / "names"))
    flip_bit(folder / name)
    with pytest.raises(ModelError, match=rf"Names cannot be read: .*{name} is damaged"):
        TextNetworks(folder)
