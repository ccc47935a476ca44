"""The libraries in the Linux installers are made smaller and still do what they did."""

import ctypes
import shutil
import subprocess
from pathlib import Path

import pytest
from linux.elf import find_libraries, is_loadable, read_defined, read_needed, remove_padding
from linux.small_libraries import is_icu_needed

from tests.needs import LINUX

pytestmark = LINUX

SOURCE = """
#include <math.h>
static int counted = 41;
__thread int own = 1;
int count(void) { counted += own; return counted; }
double root(double number) { return sqrt(number); }
"""


def compile_library(folder: Path, *options: str) -> Path:
    library = folder / "libcounting.so"
    (folder / "counting.c").write_text(SOURCE, encoding="utf-8")
    command = ["cc", "-shared", "-fPIC", "-fno-builtin", *options, "-o", library, folder / "counting.c", "-lm"]
    subprocess.run([*map(str, command)], check=True)
    return library


@pytest.fixture
def padded(tmp_path: Path) -> Path:
    """A library as old linkers made it."""
    return compile_library(tmp_path, "-Wl,-z,max-page-size=0x200000", "-Wl,-z,separate-code")


def test_a_library_without_its_padding_is_small_and_works(padded: Path) -> None:
    before = padded.read_bytes()
    small = padded.with_name("libsmall.so")
    small.write_bytes(remove_padding(before))
    assert len(before) > 4 << 20
    assert small.stat().st_size < 40_000
    assert is_loadable(small)
    assert (read_needed(small), read_defined(small)) == (read_needed(padded), read_defined(padded))
    loaded = ctypes.CDLL(str(small))
    loaded.root.restype, loaded.root.argtypes = ctypes.c_double, (ctypes.c_double,)
    assert (loaded.count(), loaded.count(), loaded.root(9.0)) == (42, 43, 3.0)


def test_its_sections_can_still_be_read_and_stripped(padded: Path) -> None:
    padded.write_bytes(remove_padding(padded.read_bytes()))
    subprocess.run(["strip", "--strip-unneeded", str(padded)], check=True)
    assert is_loadable(padded)
    assert ctypes.CDLL(str(padded)).count() == 42


def test_a_library_without_padding_stays_as_it_is(tmp_path: Path) -> None:
    content = compile_library(tmp_path, "-Wl,-z,noseparate-code").read_bytes()
    assert remove_padding(content) == content


def test_a_segment_that_the_loader_would_refuse_is_noticed(padded: Path) -> None:
    """As GNU strip leaves some libraries that wheels have renamed."""
    content = bytearray(padded.read_bytes())
    offset_of_first_segments_file_offset = 64 + 8
    content[offset_of_first_segments_file_offset] += 1
    padded.write_bytes(content)
    assert not is_loadable(padded)


def test_links_and_other_files_are_no_libraries(padded: Path) -> None:
    (padded.parent / "link.so").symlink_to(padded)
    shutil.copy(padded.with_name("counting.c"), padded.with_name("text.so"))
    assert find_libraries(padded.parent) == [padded]


@pytest.mark.parametrize("name", ["root.res", "de.res", "coll/root.res", "coll/ucadata.icu", "coll/es.res", "nfkc.nrm"])
def test_tables_of_all_languages_and_sorting_of_ours_stay(name: str) -> None:
    assert is_icu_needed(name, ["de", "es"])


@pytest.mark.parametrize("name", ["ja.res", "coll/ja.res", "lang/de.res", "zone/root.res", "ibm-273_P100-1995.cnv"])
def test_other_languages_and_what_qt_has_itself_go(name: str) -> None:
    assert not is_icu_needed(name, ["de", "es"])
