"""The passphrase of a command: typed unseen, or the first line of a file."""

from __future__ import annotations

from getpass import getpass
from pathlib import Path

from django.core.management.base import CommandError, CommandParser


def add_argument(parser: CommandParser) -> None:
    """Let it come from a file, for those who have no terminal."""
    parser.add_argument("--passphrase-file", type=Path, help="its first line is the passphrase")


def ask(file: Path | None, *, twice: bool) -> str:
    """Read it.

    Args:
        file: or None, to ask at the terminal.
        twice: a new one is typed again.

    Raises:
        CommandError: the file cannot be read, or the two are not the same.
    """
    if file is not None:
        try:
            return file.read_text("utf-8").partition("\n")[0]
        except (OSError, ValueError) as cause:
            raise CommandError("the file with the passphrase cannot be read") from cause
    said = getpass("Passphrase: ")
    if twice and getpass("Again: ") != said:
        raise CommandError("the two are not the same")
    return said
