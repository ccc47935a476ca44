"""The parameters of PipeWire streams, byte for byte as libpipewire writes and reads them."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from fer_desktop.portal import pods


def test_an_object_is_laid_out_as_in_the_specification() -> None:
    made = pods.make_object(
        pods.META_OBJECT, pods.PARAM_META, {pods.META_TYPE: pods.make_id(2), pods.META_SIZE: pods.make_int(16)}
    )
    body = struct.pack("=II", pods.META_OBJECT, pods.PARAM_META)
    body += struct.pack("=IIIIII", pods.META_TYPE, 0, 4, 3, 2, 0)  # an id of four bytes, padded to eight
    body += struct.pack("=IIIIiI", pods.META_SIZE, 0, 4, 4, 16, 0)
    assert made == struct.pack("=II", len(body), 15) + body
    assert pods.pod_size(made[:8]) == len(made)


def test_what_is_made_is_read_again_and_of_choices_the_preferred_value() -> None:
    made = pods.make_object(
        pods.FORMAT_OBJECT,
        pods.PARAM_FORMAT,
        {
            pods.MEDIA_TYPE: pods.make_id(2),
            pods.VIDEO_FORMAT: pods.make_id_choice((8, 12, 7)),
            pods.VIDEO_SIZE: pods.make_rectangle_range((1920, 1080), (1, 1), (4096, 4096)),
            pods.VIDEO_FRAME_RATE: make_fraction(0, 1),
            pods.VIDEO_MAX_FRAME_RATE: pods.make_fraction_range((15, 1), (1, 1), (60, 1)),
            pods.BUFFERS_DATA_TYPE: pods.make_flags(6),
            pods.BUFFERS_COUNT: pods.make_int_range(4, 2, 8),
        },
    )
    assert pods.read_properties(made) == {
        pods.MEDIA_TYPE: (2,),
        pods.VIDEO_FORMAT: (8,),
        pods.VIDEO_SIZE: (1920, 1080),
        pods.VIDEO_FRAME_RATE: (0, 1),
        pods.VIDEO_MAX_FRAME_RATE: (15, 1),
        pods.BUFFERS_DATA_TYPE: (6,),
        pods.BUFFERS_COUNT: (4,),
    }


def make_fraction(numerator: int, denominator: int) -> bytes:
    """As an application writes the rate that it has chosen: eight bytes of the type 11."""
    return struct.pack("=IIII", 8, 11, numerator, denominator)


@given(st.binary(max_size=200))
def test_any_bytes_can_be_read(content: bytes) -> None:
    pods.read_properties(content)
    pods.read_properties(struct.pack("=II", len(content), 15) + content)
