"""Copies what the web app runs into `web/public`: the desktop's model files, checked, and the LiteRT runtime."""

import gzip
import shutil
import sys
from pathlib import Path
from typing import Final

from fer_desktop.system.model_files import (
    EXPRESSION_QUANTISED,
    FACE_DETECTION,
    FACE_LANDMARK,
    IRIS_LANDMARK,
    PERSON_SEGMENTATION,
    check_model_file,
)

ROOT: Final = Path(__file__).resolve().parent.parent
PUBLIC: Final = ROOT / "web" / "public"
MODELS: Final = (FACE_DETECTION, FACE_LANDMARK, IRIS_LANDMARK, PERSON_SEGMENTATION, EXPRESSION_QUANTISED)
RUNTIME: Final = ("litert_wasm_internal", "litert_wasm_compat_internal")
"""Of the package's builds those without threads. The second runs where relaxed SIMD is missing (Safari)."""


def main() -> int:
    package = ROOT / "web" / "node_modules" / "@litertjs" / "core" / "wasm"
    files = {PUBLIC / "models" / model.name: check_model_file(model) for model in MODELS}
    files |= {PUBLIC / "litert" / f"{name}.js": package / f"{name}.js" for name in RUNTIME}
    packed = {PUBLIC / "litert" / f"{name}.wasmz": package / f"{name}.wasm" for name in RUNTIME}
    for folder in ("models", "litert"):
        (PUBLIC / folder).mkdir(parents=True, exist_ok=True)
        for old in set((PUBLIC / folder).iterdir()) - files.keys() - packed.keys():
            old.unlink()
    for target, source in files.items():
        _copy(source, target)
    for target, source in packed.items():
        _pack(source, target)
    return 0


def _copy(source: Path, target: Path) -> None:
    """Contents only: the package's files may be marked as programs."""
    if not target.exists() or target.read_bytes() != source.read_bytes():
        shutil.copyfile(source, target)


def _pack(source: Path, target: Path) -> None:
    """Compressed by gzip, under a name of its own: servers unpack, or pack again, what is called `.gz`."""
    content = source.read_bytes()
    if not target.exists() or gzip.decompress(target.read_bytes()) != content:
        target.write_bytes(gzip.compress(content, mtime=0))


if __name__ == "__main__":
    sys.exit(main())
