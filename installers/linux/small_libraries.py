"""Replaces what is large in the libraries of wheels by what the program uses of it: 100 MB less.

- OpenBLAS, which OpenCV and NumPy bring one each of, by the functions that they call of the reference BLAS and LAPACK:
  the program multiplies small matrices only.
- ICU's data of 800 locales by those of the program's languages: Qt sorts file names with it.
- Symbols, debugging information and padding, where the library still loads without.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from linux.elf import (
    find_libraries,
    is_loadable,
    read_defined,
    read_lacking,
    read_needed,
    read_tool,
    remove_padding,
)

HERE: Final = Path(__file__).parent
DEBIAN_PACKAGES: Final = "binutils gcc icu-devtools libblas-dev libblas64-dev liblapack-dev liblapack64-dev"
LONG_INTEGERS: Final = "64_"
"""Ends the names of functions whose integers have 64 bits."""
ICU_TABLES: Final = (".icu", ".nrm", "root.res", "pool.res", "res_index.res", "Data.res", "Subtags.res", "Systems.res")


def make_libraries_small(program: Path, languages: Collection[str]) -> None:
    """Works on `program`, PyInstaller's folder. `languages`: codes whose sorting rules stay."""
    internal = program / "_internal"
    libraries = find_libraries(program)
    for openblas in [path for path in libraries if path.name.startswith("libopenblas")]:
        _replace_openblas(openblas, internal, libraries)
    for data in internal.rglob("libicudata.so.*"):
        if not data.is_symlink():
            _shrink_icu(data, languages)
    for library in find_libraries(internal):
        _strip(library)
        library.write_bytes(remove_padding(library.read_bytes()))


def _replace_openblas(openblas: Path, internal: Path, libraries: Iterable[Path]) -> None:
    """Puts a library of the same name in its place, with the functions that others take from it."""
    users = [path for path in libraries if openblas.name in read_needed(path)]
    functions = sorted(set.union(*map(read_lacking, users)) & read_defined(openblas))
    needed_before = read_needed(openblas)
    fortran = next((internal / "numpy.libs").glob("libgfortran-*.so*"))
    _link_reference(openblas, functions, fortran)
    if missing := set(functions) - read_defined(openblas):
        raise SystemExit(f"{openblas.name} lacks {', '.join(sorted(missing))}")
    for name in needed_before - set().union(*map(read_needed, find_libraries(internal))):
        for path in [*internal.glob(name), *internal.glob(f"*.libs/{name}")]:
            path.unlink()


def _link_reference(target: Path, functions: list[str], fortran: Path) -> None:
    """Links `functions` and what they call from Debian's archives; `fortran`: NumPy's run-time library of Fortran."""
    suffix = "64" if any(name.endswith(LONG_INTEGERS) for name in functions) else ""
    archives = [_find_archive(f"liblapack{suffix}_pic.a"), _find_archive(f"blas{suffix}/libblas{suffix}.a")]
    plain = {name: name.removesuffix(LONG_INTEGERS) for name in functions}
    with tempfile.TemporaryDirectory() as folder:
        exports = Path(folder, "exports")
        exports.write_text(f"{{ global: {'; '.join(functions)}; local: *; }};", encoding="utf-8")
        renamed = [f"-Wl,--defsym={name}={own}" for name, own in plain.items() if name != own]
        wanted = [f"-Wl,-u,{own}" for own in plain.values()]
        options = [f"-Wl,-soname,{target.name}", "-Wl,-rpath,$ORIGIN/../numpy.libs", "-Wl,-z,defs", "-Wl,--gc-sections"]
        _run_tool("gcc", "-shared", "-fPIC", "-O2", "-s", "-o", target, *options, f"-Wl,--version-script={exports}",
                  *renamed, *wanted, HERE / "cblas_xerbla.c", *archives, fortran, "-lm")  # fmt: skip


def _find_archive(name: str) -> Path:
    found = Path(read_tool("gcc", f"-print-file-name={name}").strip())
    if not found.is_absolute():
        raise SystemExit(f"{name} is missing. Run: apt-get install {DEBIAN_PACKAGES}")
    return found


def _shrink_icu(library: Path, languages: Collection[str]) -> None:
    """Keeps the tables that hold for all languages, and the sorting rules of `languages`."""
    symbol = next(name for name in read_defined(library) if name.startswith("icudt"))
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, f"{symbol.removesuffix('_dat')}l.dat")
        unused = Path(folder, "unused.txt")  # icupkg reads lists from .txt alone
        _run_tool("objcopy", "-O", "binary", "-j", ".rodata", library, data)
        names = read_tool(_find_icupkg(), "-l", data).split()
        unused.write_text("\n".join(name for name in names if not is_icu_needed(name, languages)), encoding="utf-8")
        _run_tool(_find_icupkg(), "-r", unused, data)
        assembled = Path(folder, "data.s")
        assembled.write_text(
            f'.section .rodata\n.balign 16\n.globl {symbol}\n.type {symbol}, @object\n{symbol}:\n.incbin "{data}"\n'
            f".size {symbol}, .-{symbol}\n.section .note.GNU-stack\n",
            encoding="utf-8",
        )
        _run_tool("gcc", "-shared", "-nostdlib", f"-Wl,-soname,{library.name}", "-o", library, assembled)


def is_icu_needed(name: str, languages: Collection[str]) -> bool:
    """Whether an item of the data stays, such as "coll/de.res"."""
    tree, _, item = name.rpartition("/")
    if tree not in ("", "coll"):
        return False
    return item.endswith(ICU_TABLES) or item.removesuffix(".res") in languages


def _find_icupkg() -> str:
    found = shutil.which("icupkg", path="/usr/sbin:/usr/bin:/usr/local/bin:/usr/local/sbin")
    if found is None:
        raise SystemExit(f"icupkg is missing. Run: apt-get install {DEBIAN_PACKAGES}")
    return found


def _strip(library: Path) -> None:
    """Some libraries that wheels have renamed cannot be loaded without symbols: those keep them."""
    stripped = library.with_name(f"{library.name}.stripped")
    done = subprocess.run(["strip", "--strip-unneeded", "-o", stripped, library], capture_output=True, check=False)
    if done.returncode == 0 and is_loadable(stripped):
        shutil.copymode(library, stripped)
        stripped.replace(library)
    stripped.unlink(missing_ok=True)


def _run_tool(*command: str | Path) -> None:
    subprocess.run([*map(str, command)], check=True)
