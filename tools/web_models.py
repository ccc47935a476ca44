"""Copies what the web app runs into `web/public`: the desktop's model files, checked, and the LiteRT runtime."""

import shutil
import sys
from pathlib import Path
from typing import Final

from fer_desktop.system.model_files import (
    EXPRESSION_QUANTISED,
    FACE_DETECTION,
    FACE_LANDMARK,
    PERSON_SEGMENTATION,
    check_model_file,
)

ROOT: Final = Path(__file__).resolve().parent.parent
PUBLIC: Final = ROOT / "web" / "public"
MODELS: Final = (FACE_DETECTION, FACE_LANDMARK, PERSON_SEGMENTATION, EXPRESSION_QUANTISED)
RUNTIME: Final = (
    "litert_wasm_internal.js",
    "litert_wasm_internal.wasm",
    "litert_wasm_compat_internal.js",
    "litert_wasm_compat_internal.wasm",
)
"""Of the package's variants those without threads. It takes the second pair where relaxed SIMD is missing (Safari)."""


def main() -> int:
    (PUBLIC / "models").mkdir(parents=True, exist_ok=True)
    (PUBLIC / "litert").mkdir(parents=True, exist_ok=True)
    for model in MODELS:
        _copy(check_model_file(model), PUBLIC / "models" / model.name)
    for name in RUNTIME:
        _copy(ROOT / "web" / "node_modules" / "@litertjs" / "core" / "wasm" / name, PUBLIC / "litert" / name)
    return 0


def _copy(source: Path, target: Path) -> None:
    """Contents only: the package's files may be marked as programs."""
    if not target.exists() or target.read_bytes() != source.read_bytes():
        shutil.copyfile(source, target)


if __name__ == "__main__":
    sys.exit(main())
