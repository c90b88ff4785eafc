"""Write THIRD_PARTY.md: every package that the running product installs, with its licence.

    python scripts/third_party.py [--check]

Names and versions come from the lock files, licences from the installed packages' own metadata.
`--check` writes nothing and fails when the file is out of step or a licence is not allowed
(decision 19: nothing GPL or AGPL in the running product).
"""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "THIRD_PARTY.md"
REFUSED = re.compile(r"(?<!L)(?<!Lesser )\b(A?GPL|(Affero )?General Public License)", re.IGNORECASE)
# Packages whose metadata names no licence, or a whole text; read by hand in the package itself.
BY_HAND = {
    "antlr4-python3-runtime": "BSD-3-Clause",
    "fluent-syntax": "Apache-2.0",
    "fluent-runtime": "Apache-2.0",
}


def locked_python() -> dict[str, str]:
    """Return name → version of each pinned Python package of the product."""
    text = (ROOT / "requirements" / "base.txt").read_text()
    return dict(re.findall(r"^([a-z0-9][\w.-]*?)(?:\[.*?\])?==([^ ;\\]+)", text, re.MULTILINE))


def licence_of(name: str) -> str | None:
    """Return the licence an installed package states, or None when it is not installed here."""
    try:
        about = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        return None
    stated = about.get("license_expression")
    if stated:
        return str(stated)
    classes = [
        line.rsplit("::", 1)[1].strip()
        for line in about.get("classifier", [])
        if line.startswith("License ::") and line.count("::") > 1
    ]
    if classes:
        return ", ".join(classes)
    first = str(about.get("license") or "").strip().splitlines()
    if name in BY_HAND:
        return BY_HAND[name]
    return first[0][:60] if first and len(first[0]) < 60 else "not stated"


def python_rows() -> list[tuple[str, str, str]]:
    """Return (name, version, licence) rows; a package of another system keeps its written row."""
    written = dict(re.findall(r"^\| (\S+) \| \S+ \| (.+) \|$", read(TARGET), re.MULTILINE))
    return [
        (name, version, licence_of(name) or written.get(name, "not installed here"))
        for name, version in sorted(locked_python().items())
    ]


def read(path: Path) -> str:
    """Return a file's text, empty when there is none."""
    return path.read_text() if path.is_file() else ""


def client_rows() -> list[tuple[str, str, str]]:
    """Return rows of the phone client's packages that end up in what is served."""
    lock = json.loads((ROOT / "pwa" / "package-lock.json").read_text())
    return sorted(
        (path.rsplit("node_modules/", 1)[1], entry["version"], entry.get("license", "not stated"))
        for path, entry in lock["packages"].items()
        if path and not entry.get("dev")
    )


def table(rows: list[tuple[str, str, str]]) -> str:
    """Return rows as a Markdown table."""
    head = ["| package | version | licence |", "| --- | --- | --- |"]
    return "\n".join(head + [f"| {' | '.join(row)} |" for row in rows])


def page(python: list[tuple[str, str, str]], client: list[tuple[str, str, str]]) -> str:
    """Return the whole of THIRD_PARTY.md."""
    return (
        "# Third-party parts\n\nMade by `python scripts/third_party.py`; do not edit. Ours is "
        "Apache-2.0 (`LICENSE`). Tools of the tests and the build are not part of the product "
        "and not listed.\n\n"
        f"## Python\n\n{table(python)}\n\n"
        "PyAV's wheels carry FFmpeg, built as LGPL-3.0-or-later, and beside it shared libraries of "
        "x264 and x265 (GPL-2.0-or-later), which its libavcodec links. We encode no video and call "
        "neither; who hands on a built image hands these on too and must keep to their licence, or "
        "build PyAV against an FFmpeg without them. "
        "typst's wheel carries the Typst compiler (Apache-2.0) and its crates. "
        "Not installed unless the operator asks for it (`requirements/speech.txt`): sherpa-onnx "
        "(Apache-2.0), which carries ONNX Runtime (MIT); the model is the operator's own.\n\n"
        f"## Phone client and fonts\n\n{table(client)}\n"
    )


def main() -> int:
    """Write or check the page."""
    python, client = python_rows(), client_rows()
    refused = [row for row in python + client if REFUSED.search(row[2])]
    for name, _, licence in refused:
        print(f"THIRD_PARTY: {name} is {licence}: not allowed in the running product")
    made = page(python, client)
    if "--check" not in sys.argv:
        TARGET.write_text(made)
    elif read(TARGET) != made:
        print("THIRD_PARTY.md is out of step: run python scripts/third_party.py")
        return 1
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
