"""The command line: what a command is, and how one is run."""

from fer_desktop.cli.command import Command
from fer_desktop.cli.run import run_commands

__all__ = ["Command", "run_commands"]
