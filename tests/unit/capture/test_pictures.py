"""Pictures of every kind are read as blue-green-red; a folder yields its pictures by name and counts other files."""

import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import ExifTags, ImageOps
from PIL import Image as PillowImage

from fer_desktop.capture.pictures import PictureSource, load_picture
from fer_desktop.errors import SettingsError, SourceError
from fer_desktop.messages import Message, MessageKey
from tests.needs import LINUX
from tests.raising import raises_message
from tests.unit.capture.material import write_picture

ROOT = Path(__file__).resolve().parents[3]


def test_colours_are_blue_green_red(tmp_path: Path) -> None:
    path = tmp_path / "red.png"
    PillowImage.new("RGB", (4, 3), (250, 20, 10)).save(path)
    image = load_picture(path)
    assert image.shape == (3, 4, 3)
    assert image.dtype == np.uint8
    assert image.flags.c_contiguous
    assert image[0, 0].tolist() == [10, 20, 250]


@pytest.mark.parametrize("size", [(1, 1), (10_000, 20), (3, 2_000)])
def test_extreme_sizes_are_read(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "odd.png"
    PillowImage.new("RGB", size, (9, 9, 9)).save(path)
    assert load_picture(path).shape == (size[1], size[0], 3)


def test_grey_becomes_three_equal_channels(tmp_path: Path) -> None:
    path = tmp_path / "grey.png"
    PillowImage.new("L", (4, 4), 77).save(path)
    assert load_picture(path)[0, 0].tolist() == [77, 77, 77]


def test_transparent_pixels_become_black(tmp_path: Path) -> None:
    path = tmp_path / "alpha.png"
    picture = PillowImage.new("RGBA", (2, 1), (200, 100, 50, 255))
    picture.putpixel((1, 0), (200, 100, 50, 0))
    picture.save(path)
    assert load_picture(path)[0].tolist() == [[50, 100, 200], [0, 0, 0]]


def test_sixteen_bit_grey_is_scaled_not_clipped(tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    PillowImage.fromarray(np.array([[0, 32896, 65535]], np.uint16)).save(path)
    assert load_picture(path)[0, :, 0].tolist() == [0, 128, 255]


def test_a_picture_is_turned_upright_by_its_exif_orientation(tmp_path: Path) -> None:
    path = tmp_path / "turned.jpg"
    exif = PillowImage.Exif()
    exif[0x0112] = 6  # turn by 90 degrees
    PillowImage.new("RGB", (40, 20)).save(path, exif=exif)
    assert load_picture(path).shape == (40, 20, 3)


def test_palette_and_cmyk_are_converted(tmp_path: Path) -> None:
    for mode, name in (("P", "palette.gif"), ("CMYK", "print.jpg"), ("1", "ink.png")):
        path = tmp_path / name
        PillowImage.new(mode, (5, 5)).save(path)
        assert load_picture(path).shape == (5, 5, 3)


def test_a_missing_damaged_or_other_file_is_refused_with_the_reason(tmp_path: Path) -> None:
    text, cut = tmp_path / "notes.png", write_picture(tmp_path / "cut.png")
    text.write_text("no picture")
    cut.write_bytes(cut.read_bytes()[:60])
    with raises_message(SourceError, MessageKey.NO_PICTURE):
        load_picture(tmp_path / "missing.png")
    for path in (text, cut):
        with raises_message(SourceError, MessageKey.PICTURE_UNREADABLE, name=path.name):
            load_picture(path)


def test_a_folder_yields_its_pictures_by_name_and_counts_the_rest(tmp_path: Path) -> None:
    for number, name in enumerate(("b.png", "a.png", "c.jpg")):
        write_picture(tmp_path / name, number)
    (tmp_path / "notes.txt").write_text("no picture")
    cut = write_picture(tmp_path / "d.png")
    cut.write_bytes(cut.read_bytes()[:60])
    (tmp_path / "folder").mkdir()
    source = PictureSource(tmp_path, fps=2)
    source.open()
    frames = [frame for frame in iter(source.read, None) if frame is not None]
    source.close()
    assert [int(frame.image[60, 90, 0]) for frame in frames] == [18, 10, 26]
    assert [frame.captured_at_s for frame in frames] == [0.0, 0.5, 1.0]
    assert source.notice is not None
    assert source.notice == Message(MessageKey.PICTURES_SKIPPED, n=2, name=tmp_path.name)


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no picture")
    with raises_message(SourceError, MessageKey.NO_PICTURES_IN_FOLDER):
        PictureSource(tmp_path).open()


def test_a_rate_out_of_range_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="frames a second"):
        PictureSource(tmp_path, fps=0)


def test_a_picture_of_forty_million_pixels_is_read(tmp_path: Path) -> None:
    path = tmp_path / "poster.png"
    PillowImage.new("1", (40_000, 1_000)).save(path)
    assert load_picture(path).shape == (1_000, 40_000, 3)


READER = """
import re, sys
from pathlib import Path
from fer_desktop.capture.pictures import load_picture
load_picture(Path(sys.argv[1]))
print(int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024)
"""


@LINUX
@pytest.mark.parametrize("kind", ["transparent.png", "grey16.png", "photo.jpg", "lossless.webp"])
def test_an_8k_screenshot_is_read_within_its_budget_of_memory(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    mode = {"transparent.png": "RGBA", "grey16.png": "I;16"}.get(kind, "RGB")
    PillowImage.new(mode, (7680, 4320)).save(path, lossless=True, method=0)
    done = subprocess.run([sys.executable, "-c", READER, path], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 700


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_as_pillow_turns_it(tmp_path: Path, orientation: int) -> None:
    path = tmp_path / "turned.png"
    pixels = np.random.default_rng(orientation).integers(0, 256, (1_500, 1_100, 3), np.uint8)
    picture = PillowImage.fromarray(pixels)
    exif = picture.getexif()
    exif[ExifTags.Base.Orientation] = orientation
    picture.save(path, exif=exif)
    with PillowImage.open(path) as saved:
        upright = np.asarray(ImageOps.exif_transpose(saved))
    assert np.array_equal(load_picture(path)[:, :, ::-1], upright)


@pytest.mark.parametrize("size", [(10_000, 4_001), (20_000, 12_600), (40_000, 20_000)])
def test_an_oversized_picture_is_refused_with_its_size(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "map.png"
    PillowImage.new("1", size).save(path)
    limit = PillowImage.MAX_IMAGE_PIXELS
    with raises_message(
        SourceError, MessageKey.PICTURE_TOO_LARGE, name="map.png", size=f"{size[0]} x {size[1]} pixels"
    ):
        load_picture(path)
    assert limit == PillowImage.MAX_IMAGE_PIXELS


WEBP_CHUNKS = {
    "extended": b"VP8X" + struct.pack("<I", 10) + bytes(4) + (16_382).to_bytes(3, "little") * 2,
    "lossless": b"VP8L" + struct.pack("<IB", 5, 0x2F) + struct.pack("<I", 16_382 | 16_382 << 14) + bytes(5),
    "lossy": b"VP8 " + struct.pack("<I", 10) + b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 16_383, 16_383),
}


@pytest.mark.parametrize("kind", WEBP_CHUNKS)
def test_an_oversized_webp_is_refused_before_its_canvas_is_allocated(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "canvas.webp"
    chunk = WEBP_CHUNKS[kind]
    path.write_bytes(b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk)
    with pytest.raises(SourceError, match=r"canvas\.webp is too large \(16383 x 16383 pixels\)"):
        load_picture(path)


@pytest.mark.parametrize("lossless", [True, False])
def test_a_webp_of_a_usual_size_is_read(tmp_path: Path, lossless: bool) -> None:
    path = tmp_path / "usual.webp"
    PillowImage.new("RGB", (40, 30)).save(path, lossless=lossless)
    assert load_picture(path).shape == (30, 40, 3)


def test_a_file_of_too_many_bytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    with path.open("wb") as file:
        file.truncate(300_000_000)
    with pytest.raises(SourceError, match=r"huge\.png is too large \(300 MB\)"):
        load_picture(path)


def test_a_format_that_starts_other_programs_is_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "page.eps"
    PillowImage.new("RGB", (4, 4)).save(path)
    with pytest.raises(SourceError, match="is no picture that can be read"):
        load_picture(path)


def test_a_folder_of_oversized_pictures_says_so(tmp_path: Path) -> None:
    PillowImage.new("1", (10_000, 6_001)).save(tmp_path / "map.png")
    source = PictureSource(tmp_path)
    source.open()
    with pytest.raises(SourceError, match="too large"):
        source.read()
