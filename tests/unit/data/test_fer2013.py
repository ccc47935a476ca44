"""Reading FER2013: all rows, or an error that names the bad ones."""

import gzip
import lzma
import time
import tracemalloc
import zipfile
from pathlib import Path

import numpy as np
import pytest

from data.fer2013 import FaceSet, read_fer2013
from fer_desktop.errors import DataError
from tests.drawn_faces import make_face_set, write_csv

GOOD_PIXELS = " ".join(["7"] * 48 * 48)


@pytest.fixture
def csv_path(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "faces.csv", make_face_set([0, 6, 3]), make_face_set([2], "PublicTest", 50))


def write_rows(folder: Path, *rows: str, header: str = "emotion,pixels,Usage") -> Path:
    path = folder / "rows.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def test_pictures_labels_usage_and_row_numbers_are_read(csv_path: Path) -> None:
    faces = read_fer2013(csv_path)
    assert faces.images.shape == (4, 48, 48)
    assert faces.images.dtype == np.uint8
    assert np.array_equal(faces.images[:3], make_face_set([0, 6, 3]).images)
    assert faces.labels.tolist() == [0, 6, 3, 2]
    assert faces.usages.tolist() == ["Training"] * 3 + ["PublicTest"]
    assert faces.rows.tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("suffix", [".gz", ".xz", ".zip"])
def test_compressed_files_read_like_plain_ones(csv_path: Path, suffix: str) -> None:
    packed = csv_path.with_name(csv_path.name + suffix)
    raw = csv_path.read_bytes()
    if suffix == ".zip":
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("fer2013/fer2013.csv", raw)
    else:
        packed.write_bytes(gzip.compress(raw) if suffix == ".gz" else lzma.compress(raw))
    assert np.array_equal(read_fer2013(packed).images, read_fer2013(csv_path).images)


def test_columns_are_found_by_name(tmp_path: Path) -> None:
    path = write_rows(tmp_path, f"5,PrivateTest,{GOOD_PIXELS}", header="emotion, Usage, pixels")
    faces = read_fer2013(path)
    assert (faces.labels.tolist(), faces.usages.tolist()) == ([5], ["PrivateTest"])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (f"7,{GOOD_PIXELS},Training", "emotion is '7', not 0..6"),
        (f",{GOOD_PIXELS},Training", "emotion is '', not 0..6"),
        (f"nan,{GOOD_PIXELS},Training", "emotion is 'nan', not 0..6"),
        (f"3,{GOOD_PIXELS} 7,Training", "2305 pixels, not 2304"),
        ("3,1 2 3,Training", "3 pixels, not 2304"),
        ("3,,Training", "0 pixels, not 2304"),
        (f"3,{GOOD_PIXELS.replace('7', 'nan', 1)},Training", "no whole number"),
        (f"3,{GOOD_PIXELS.replace('7', '7.5', 1)},Training", "no whole number"),
        (f"3,{GOOD_PIXELS.replace('7', '256', 1)},Training", "outside 0..255"),
        (f"3,{GOOD_PIXELS.replace('7', '-1', 1)},Training", "outside 0..255"),
        (f"3,{GOOD_PIXELS},Test", "Usage is 'Test'"),
        (f"3,{GOOD_PIXELS}", "Usage is ''"),
        ("", "emotion is ''"),
    ],
)
def test_a_bad_row_is_named_by_its_line(tmp_path: Path, row: str, reason: str) -> None:
    path = write_rows(tmp_path, f"0,{GOOD_PIXELS},Training", row, f"1,{GOOD_PIXELS},Training")
    with pytest.raises(DataError, match=r"1 bad rows: line 3: .*") as caught:
        read_fer2013(path)
    assert reason in str(caught.value)


def test_many_bad_rows_are_counted_and_the_first_ten_named(tmp_path: Path) -> None:
    path = write_rows(tmp_path, *[f"7,{GOOD_PIXELS},Training"] * 12)
    with pytest.raises(DataError, match=r"12 bad rows: line 2: .*line 11: .*; and 2 more$"):
        read_fer2013(path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("emotion,pixels,Usage\n", "no rows"),
        ("emotion,pixels\n", "no column Usage"),
        ("a,b,c\n1,2,3\n", "no column emotion, pixels, Usage"),
    ],
)
def test_a_file_without_rows_or_columns_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with pytest.raises(DataError, match=reason):
        read_fer2013(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no file .*faces\.csv"):
        read_fer2013(tmp_path / "faces.csv")


@pytest.mark.parametrize("suffix", [".gz", ".xz", ".zip"])
def test_a_truncated_compressed_file_is_refused(csv_path: Path, suffix: str) -> None:
    packed = csv_path.with_name(csv_path.name + suffix)
    whole = gzip.compress(csv_path.read_bytes()) if suffix == ".gz" else lzma.compress(csv_path.read_bytes())
    packed.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(DataError, match="cannot be read"):
        read_fer2013(packed)


def test_a_zip_must_hold_one_csv(tmp_path: Path) -> None:
    path = tmp_path / "faces.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "nothing here")
    with pytest.raises(DataError, match="exactly one csv file, not 0"):
        read_fer2013(path)


def test_a_missing_part_is_named_with_those_that_exist(csv_path: Path) -> None:
    faces = read_fer2013(csv_path)
    assert len(faces.with_usage("PublicTest")) == 1
    with pytest.raises(DataError, match=r"usage PrivateTest; it holds: PublicTest, Training"):
        faces.with_usage("PrivateTest")


def test_a_selection_keeps_the_row_numbers() -> None:
    faces = make_face_set([0, 1, 2, 3])
    chosen = faces.select(np.array([False, True, False, True]))
    assert (chosen.labels.tolist(), chosen.rows.tolist()) == ([1, 3], [1, 3])


def test_a_face_set_checks_its_shapes() -> None:
    good = make_face_set([0, 1])
    with pytest.raises(DataError, match="must be uint8"):
        FaceSet(good.images[:, :10], good.labels, good.usages, good.rows)
    with pytest.raises(DataError, match="one label"):
        FaceSet(good.images, good.labels[:1], good.usages, good.rows)


def test_the_original_data_is_complete(shared_folder: Path) -> None:
    faces = read_fer2013(shared_folder / "data" / "fer2013.csv.xz")
    assert len(faces.with_usage("Training")) == 28709
    assert np.bincount(faces.with_usage("PublicTest").labels).tolist() == [467, 56, 496, 895, 653, 415, 607]


def pack(folder: Path, suffix: str, content: bytes) -> Path:
    path = folder / f"faces.csv{suffix}"
    path.write_bytes(gzip.compress(content, 1) if suffix == ".gz" else lzma.compress(content, preset=0))
    return path


@pytest.mark.parametrize("suffix", [".gz", ".xz"])
def test_a_small_file_that_unpacks_to_one_endless_line_is_refused_early(tmp_path: Path, suffix: str) -> None:
    path = pack(tmp_path, suffix, b"emotion,pixels,Usage\n0," + b"7" * 50_000_000)
    tracemalloc.start()
    with pytest.raises(DataError, match="line 2 is too long"):
        read_fer2013(path)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_after_a_thousand_bad_rows_the_rest_is_not_read(tmp_path: Path) -> None:
    path = pack(tmp_path, ".gz", b"emotion,pixels,Usage\n" + b"9,,\n" * 5_000_000)
    began = time.monotonic()
    with pytest.raises(DataError, match="more than 1000 bad rows"):
        read_fer2013(path)
    assert time.monotonic() - began < 2


def test_more_rows_than_any_version_has_are_refused(csv_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.lines.MAX_ROWS", 3)
    with pytest.raises(DataError, match="more than 3 rows"):
        read_fer2013(csv_path)


def test_damage_inside_compressed_data_is_explained(csv_path: Path) -> None:
    packed = csv_path.with_name("faces.csv.gz")
    content = bytearray(gzip.compress(csv_path.read_bytes()))
    content[20:40] = b"\xff" * 20
    packed.write_bytes(content)
    with pytest.raises(DataError, match="cannot be read to its end"):
        read_fer2013(packed)
