"""The command line: the `Command` value, the commands without windows, and the function that runs one."""

from fer_desktop.cli.command import Command
from fer_desktop.cli.run import run_commands

__all__ = ["Command", "run_commands"]
