"""Runs the typesetter in a process of its own, which gives all its memory back when it ends.

Typst keeps what it laid out for later documents, hundreds of megabytes of a large complaint; a
worker builds one package after another. And while it runs, this process can do something else.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path

from complaints.bundle.errors import PageSettingError

ROOT = Path(__file__).parents[2]
MAIN, PAPER = "main.typ", "paper.pdf"
# glibc keeps what was freed between large parts; mapped by themselves they are given back. (One
# arena alone saves no more memory, and the typesetter's threads then wait for each other.)
MEMORY = {"MALLOC_MMAP_THRESHOLD_": "65536"}
TIMEOUT_S = 1800  # of ten thousand pages
_CHILD = "import sys; sys.path.insert(0, {root!r}); from complaints.bundle.typesetting import child"


def typeset(folder: Path, *, fonts: Path, at: datetime) -> bytes:
    """The PDF/A-3b and PDF/UA-1 of `main.typ` in this folder.

    Args:
        folder: templates, values and pictures; the PDF is written there, too.
        fonts: the folder of the only fonts that there are.
        at: what the document says of its making, aware.

    Raises:
        PageSettingError: the typesetter refused the document.
    """
    words = [str(folder), str(fonts), at.isoformat()]
    program = f"{_CHILD.format(root=str(ROOT))}; child()"
    try:
        subprocess.run(  # noqa: S603 - our own interpreter and our own words
            [sys.executable, "-I", "-c", program, *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # names of what is shown may stand there
            env={"LANG": "C.UTF-8", **MEMORY},
            cwd=folder,
            timeout=TIMEOUT_S,
            check=True,
        )
        return (folder / PAPER).read_bytes()
    except (subprocess.SubprocessError, OSError) as cause:
        raise PageSettingError("the typesetter refused the document") from cause


def child() -> None:
    """What the child does with its words: folder, folder of fonts, time."""
    import typst  # noqa: PLC0415 - only the child needs it

    folder, fonts, at = sys.argv[1:]
    compiler = typst.Compiler(
        Path(folder, MAIN),
        root=folder,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts]
        ),
    )
    compiler.compile(
        output=str(Path(folder, PAPER)),
        format="pdf",
        pdf_standards=["a-3b", "ua-1"],
        timestamp=datetime.fromisoformat(at),
    )
