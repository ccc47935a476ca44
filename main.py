"""Starts FER Desktop: `python main.py`, the same as the command `fer-desktop`."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

from fer_desktop.bench.encryption.command import BENCH_ENCRYPTION
from fer_desktop.bench.flags.command import BENCH_FLAGS
from fer_desktop.bench.gallery.command import BENCH_GALLERY
from fer_desktop.bench.speed.command import BENCH
from fer_desktop.cli import run_commands
from fer_desktop.cli.analyze import ANALYZE
from fer_desktop.cli.attendance import ATTENDANCE
from fer_desktop.cli.backup import COMMANDS as BACKUP_COMMANDS
from fer_desktop.cli.department import DEPARTMENT
from fer_desktop.cli.detect import DETECT
from fer_desktop.cli.doctor import make_doctor_command
from fer_desktop.cli.follow_up import FOLLOW_UP
from fer_desktop.cli.import_lesson import IMPORT
from fer_desktop.cli.protect import PROTECT
from fer_desktop.cli.roster import ROSTER
from fer_desktop.cli.sessions import make_commands as make_storage_commands
from fer_desktop.cli.web import WEB
from fer_desktop.cli.windows import WINDOWS
from models.commands import COMMANDS as MODEL_COMMANDS
from ui.bench.desk_command import BENCH_DESK
from ui.bench.review_command import BENCH_REVIEW
from ui.commands import COMMANDS as WINDOW_COMMANDS
from ui.commands import DEFAULT_COMMAND

if TYPE_CHECKING:
    from fer_desktop.ports import PdfDocument


def write_pdf(document: "PdfDocument", file: BinaryIO) -> None:
    """The `PdfWriter` of the command line. Loads Qt only when it is called."""
    from ui.export import pdf

    pdf.write_pdf(document, file)


def list_hindi_fonts() -> Sequence[str]:
    """The fonts that the windows have for Hindi. Loads Qt only when it is called."""
    from ui import fonts

    return fonts.list_hindi_fonts()


def main() -> int:
    """Runs the command line; exit codes as in `fer_desktop.cli.run.EXIT_CODES`."""
    commands = [
        *WINDOW_COMMANDS,
        ANALYZE,
        DETECT,
        BENCH,
        BENCH_GALLERY,
        BENCH_REVIEW,
        BENCH_DESK,
        BENCH_FLAGS,
        BENCH_ENCRYPTION,
        *make_storage_commands(write_pdf),
        IMPORT,
        FOLLOW_UP,
        ATTENDANCE,
        *BACKUP_COMMANDS,
        ROSTER,
        DEPARTMENT,
        PROTECT,
        WINDOWS,
        WEB,
        *MODEL_COMMANDS,
        make_doctor_command(write_pdf, list_hindi_fonts),
    ]
    return run_commands(commands, DEFAULT_COMMAND)


if __name__ == "__main__":
    sys.exit(main())
