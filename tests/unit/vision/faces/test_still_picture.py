"""A portrait on a flat card is no live face; a person before a plain wall is one."""

import numpy as np

from fer_desktop.system.opencv import cv2
from fer_desktop.types import Box, Image
from fer_desktop.vision.faces.still_picture import is_still_picture

FACE = Box(80, 60, 40, 40)


def draw_head(image: Image) -> Image:
    cv2.ellipse(image, (100, 80), (18, 24), 0, 0, 360, (120, 150, 200), -1)
    return image


def test_a_round_portrait_on_a_card_is_still() -> None:
    card = np.full((200, 200, 3), 240, np.uint8)
    cv2.circle(card, (100, 80), 32, (90, 60, 50), -1)
    assert is_still_picture(draw_head(card), FACE)


def test_a_person_before_a_plain_wall_is_live() -> None:
    wall = np.full((200, 200, 3), 240, np.uint8)
    cv2.ellipse(wall, (100, 160), (60, 62), 0, 0, 360, (60, 40, 90), -1)
    assert not is_still_picture(draw_head(wall), FACE)


def test_a_face_at_the_edge_of_the_picture_is_given_the_benefit_of_the_doubt() -> None:
    assert not is_still_picture(np.full((110, 110, 3), 240, np.uint8), Box(60, 60, 50, 50))
