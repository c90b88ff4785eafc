"""Where things lie in a package (docs/formats/package.md): ASCII names, and who lists them."""

from __future__ import annotations

import re

READ_FIRST = "1_READ_FIRST.pdf"
COMPLAINT = "2_COMPLAINT.pdf"
EXHIBITS_FOLDER = "3_EXHIBITS"
INDEX = "3_EXHIBITS/INDEX.txt"
CHECKER = "4_CHECK.html"
EXHIBITS = "5_PROOF/exhibits.json"
EXHIBITS_SIGNATURE = "5_PROOF/exhibits.json.sig"
EXHIBITS_TOKEN = "5_PROOF/exhibits.json.{n}.tsr"  # noqa: S105 -- a file name
PACKAGE = "5_PROOF/package.json"
PACKAGE_SIGNATURE = "5_PROOF/package.json.sig"
PACKAGE_TOKEN = "5_PROOF/package.json.{n}.tsr"  # noqa: S105 -- a file name
SM3 = "5_PROOF/sm3.json"
CASE_UCO = "5_PROOF/case.jsonld"
TRUST = "5_PROOF/trust.json"
CHECKPOINT = "5_PROOF/log/checkpoint.txt"
LOG_HISTORY = "5_PROOF/log/history.json"
COPIES_FOLDER = "6_COPIES"
SUMS = "SHA256SUMS.txt"

CASE = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,38}[A-Z0-9])?")
NUMBER = re.compile(r"[A-Z]-[1-9][0-9]{0,3}")
PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}(?:/[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}){0,4}")
PACKAGE_TOKENS = re.compile(r"5_PROOF/package\.json\.[1-9][0-9]?\.tsr")

# What a clerk's computer opens without running it; anything else is handed over as .bin.
EXTENSIONS = frozenset(
    [
        "3gp",
        "aac",
        "amr",
        "avi",
        "avif",
        "bin",
        "bmp",
        "csv",
        "db",
        "flac",
        "gif",
        "heic",
        "heif",
        "jpeg",
        "jpg",
        "json",
        "m4a",
        "mkv",
        "mov",
        "mp3",
        "mp4",
        "ogg",
        "opus",
        "pdf",
        "png",
        "silk",
        "slk",
        "sqlite",
        "tif",
        "tiff",
        "txt",
        "vmg",
        "vmsg",
        "wav",
        "webm",
        "webp",
        "xls",
        "xlsx",
        "xml",
        "zip",
    ]
)


def is_unlisted(path: str) -> bool:
    """Whether package.json cannot list this file: itself, its signature and tokens, the sums."""
    return path in (PACKAGE, PACKAGE_SIGNATURE, SUMS) or bool(PACKAGE_TOKENS.fullmatch(path))


def exhibit_path(number: str, extension: str) -> str:
    """Where the one handed-over form of an exhibit lies."""
    return f"{EXHIBITS_FOLDER}/{number}.{extension if extension in EXTENSIONS else 'bin'}"


def copy_path(number: str, name: str, extension: str) -> str:
    """Where a playable or readable copy lies."""
    return f"{COPIES_FOLDER}/{number}_{name}.{extension if extension in EXTENSIONS else 'bin'}"


def event_path(number: str, index: int) -> str:
    """One custody event of the exhibit's item, counted from 1."""
    return f"5_PROOF/custody/{number}/{index:03d}.json"


def parent_event_path(number: str, index: int) -> str:
    """One custody event of the withheld parent that may be shown, counted from 1."""
    return f"5_PROOF/custody/{number}/parent-{index:03d}.json"


def receipt_path(number: str) -> str:
    """The receipt of the exhibit's item."""
    return f"5_PROOF/receipts/{number}.json"


def token_path(number: str, index: int) -> str:
    """One time-stamp token over the exhibit's digest, counted from 1."""
    return f"5_PROOF/tokens/{number}.{index}.tsr"


RENEWAL = ".renewal.json"  # behind a token's path: the text that it is over


def log_token_path(index: int) -> str:
    """One token over the log's checkpoint, counted from 1."""
    return f"5_PROOF/log/checkpoint.{index}.tsr"


def earlier_checkpoint_path(size: int) -> str:
    """An earlier checkpoint that outside authorities stamped."""
    return f"5_PROOF/log/{size}.txt"


def earlier_token_path(size: int, index: int) -> str:
    """One token over it, counted from 1."""
    return f"5_PROOF/log/{size}.{index}.tsr"


def records_path(number: str) -> str:
    """The shown records of an exhibit that is handed over in the original."""
    return f"5_PROOF/records/{number}.json"
