"""How long the complaint's pages take to set, beside WeasyPrint on the same pages.

usage: python bench/bundle/pages.py [SCREENSHOTS=100] [ROUNDS=3] [--weasyprint PYTHON]

An invented complaint of so many screenshots and 900 messages. What is measured of ours is the whole
step, from the content to the unsigned PDF/A-3b and PDF/UA-1. WeasyPrint is given the same blocks
as HTML with the same fonts and pictures and asked for tagged PDF/A-3b; PYTHON is an interpreter
that has it (it is no dependency of ours; default: this one). The two take turns, each in a process
of its own.

Promised of 100 screenshots: at most 0.35 of WeasyPrint's time. Exit 1: it took longer.
"""

from __future__ import annotations

import argparse
import html
import io
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
PROMISED, PROMISED_OF, MESSAGES = 0.35, 100, 900
CSS = """
@page { size: A4; margin: 2.6cm 2.2cm 3cm;
  @top-left { content: "案件 样例"; font-size: 8pt }
  @bottom-right { content: "第 " counter(page) " 页 共 " counter(pages) " 页"; font-size: 8pt } }
@page flat { size: A4 landscape; margin: 2.2cm 2cm 2cm }
.flat { page: flat } section { break-before: page }
body { font: 11pt/1.6 Serif; margin: 0; text-align: justify } h1, h2, h3, th { font-family: Sans }
h1 { font-size: 14pt } h2 { font-size: 11.5pt } h1, h2, h3 { break-after: avoid }
p { text-indent: 2em; margin: .4em 0 } .note { font-size: 8.5pt; color: #5a5a5a }
table { border-collapse: collapse; width: 100%; table-layout: fixed; text-align: left }
td, th { border: .5pt solid #828282; padding: 4pt; overflow-wrap: anywhere }
tr { break-inside: avoid }
.fields td { border: 0; border-bottom: .4pt solid #bebebe; font-size: 10pt }
.shot { display: block; width: 8.6cm; margin: auto } .mono { font-family: Sans }
"""


def main() -> int:
    """Take turns, print the medians and their ratio, judge."""
    told = argparse.ArgumentParser()
    told.add_argument("screenshots", nargs="?", type=int, default=PROMISED_OF)
    told.add_argument("rounds", nargs="?", type=int, default=3)
    told.add_argument("--weasyprint", default=sys.executable)
    said = told.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = [], []
        for _ in range(said.rounds):
            ours.append(run(sys.executable, "--ours", folder, str(said.screenshots)))
            theirs.append(run(said.weasyprint, "--weasyprint-itself", folder))
            for name, (seconds, megabytes, pages) in (("ours", ours[-1]), ("theirs", theirs[-1])):
                print(f"{name} {seconds:.2f} s, {megabytes:.0f} MB, {pages:.0f} pages", flush=True)
    ratio = statistics.median(each[0] for each in ours) / statistics.median(
        each[0] for each in theirs
    )
    print(f"ratio {ratio:.2f}  (promised {PROMISED})")
    return 0 if said.screenshots != PROMISED_OF or ratio <= PROMISED else 1


def run(python: str, *words: str) -> tuple[float, float, float]:
    """Seconds, peak megabytes and pages that a child tells."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [python, __file__, *words], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    seconds, megabytes, pages = json.loads(done.stdout)
    return seconds, megabytes, pages


def timed(make: Callable[[], bytes]) -> tuple[float, float, bytes]:
    """Seconds, peak megabytes of this process or a child, and what was made."""
    begun = time.perf_counter()
    made = make()
    seconds = time.perf_counter() - begun
    peak = max(
        resource.getrusage(who).ru_maxrss
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return seconds, peak * 1024 / 1e6, made


def ours(left: Path, screenshots: int) -> None:
    """Set the pages; leave what the typesetter was given for the other."""
    import pikepdf  # noqa: PLC0415 - what each child needs is not at hand for the other

    from complaints.bundle import pdf, typesetting  # noqa: PLC0415
    from tests.complaints.bundle import make_package  # noqa: PLC0415

    content, fonts = case(screenshots), make_package.fonts()
    given = typesetting.typeset

    def kept(folder: Path, *, fonts: Path, at: datetime) -> bytes:
        for entry in ("sections.json", "exhibits", "pictures"):
            if (folder / entry).is_dir():
                shutil.copytree(folder / entry, left / entry, dirs_exist_ok=True)
            elif (folder / entry).exists():
                shutil.copy(folder / entry, left / entry)
        return given(folder, fonts=fonts, at=at)

    (left / "fonts.json").write_text(json.dumps(str(fonts.folder)), "utf-8")
    if not (left / "sections.json").exists():
        typesetting.typeset = kept
        pdf.complaint(content, house="ab" * 32, exhibits_digest="cd" * 32, fonts=fonts)
        typesetting.typeset = given
        for exhibit in content.exhibits:  # not the stand-ins
            for index, page in enumerate(exhibit.pages):
                (left / f"exhibits/{exhibit.number}/{index}.jpg").write_bytes(page.jpeg)
    seconds, peak, made = timed(
        lambda: pdf.complaint(content, house="ab" * 32, exhibits_digest="cd" * 32, fonts=fonts)
    )
    with pikepdf.open(io.BytesIO(made)) as opened:
        print(json.dumps([seconds, peak, len(opened.pages)]))


def case(screenshots: int) -> Any:
    """The tests' invented complaint with so many screenshots and 900 messages, all of them acts."""
    from tests.complaints.bundle import make_package  # noqa: PLC0415

    base = make_package.content()
    loan, export, shot, call = base.exhibits
    records = [
        replace(export.records[n % len(export.records)], index=n, marked=True)
        for n in range(MESSAGES)
    ]
    shots = [
        replace(
            shot,
            number=f"B-{4 + n}",
            pages=tuple(
                replace(page, jpeg=make_package.screenshot(1080, 2400 + n)) for page in shot.pages
            ),
        )
        for n in range(screenshots)
    ]
    facts = tuple(base.facts[n % len(base.facts)] for n in range(MESSAGES))
    exhibits = (loan, replace(export, records=tuple(records)), shot, call, *shots)
    return replace(base, exhibits=exhibits, facts=facts)


def weasyprint_itself(folder: Path) -> None:
    """Set the same blocks with WeasyPrint."""
    import weasyprint  # type: ignore[import-not-found,unused-ignore]  # noqa: PLC0415

    sections = json.loads((folder / "sections.json").read_text("utf-8"))
    fonts = Path(json.loads((folder / "fonts.json").read_text("utf-8")))
    faces = "".join(
        f"@font-face {{ font-family: {family}; font-weight: {weight}; "
        f'src: url("{file.as_uri()}") }}'
        for family, weight, file in faces_in(fonts)
    )
    body = "".join(map(section, sections))
    page = f"<html lang=zh-CN><head><title>样例</title></head><body>{body}</body></html>"

    def made() -> bytes:
        return bytes(
            weasyprint.HTML(string=page, base_url=str(folder) + "/").write_pdf(
                stylesheets=[weasyprint.CSS(string=faces + CSS)],
                pdf_variant="pdf/a-3b",
                pdf_tags=True,
            )
        )

    seconds, peak, pdf = timed(made)
    print(json.dumps([seconds, peak, pdf.count(b"/Type /Page\n") or pages_of(pdf)]))


def pages_of(pdf: bytes) -> int:
    """Pages, as poppler counts them."""
    told = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    return int(told.stdout.split(b"Pages:")[1].split()[0])


def faces_in(folder: Path) -> list[tuple[str, int, Path]]:
    """The four faces that the papers are set in."""
    found = []
    for family in ("Serif", "Sans"):
        for weight, word in ((400, "Regular"), (700, "Bold")):
            (file,) = (
                each for each in folder.iterdir() if family in each.name and word in each.name
            )
            found.append((family, weight, file))
    return found


def section(told: dict[str, Any]) -> str:
    """One section as HTML."""
    kind = ' class="flat"' if told["flipped"] else ""
    head = ""
    if told["exhibit"]:
        head = f'<img src="{told["exhibit"]["qr"]}" alt="" style="width: 2.3cm; float: right">'
    return f"<section{kind}>{head}{''.join(map(block, told['blocks']))}</section>"


def block(told: dict[str, Any]) -> str:
    """One block as HTML, by its kind."""
    kind, text = told["kind"], html.escape(told.get("text", ""))
    if kind == "heading":
        return f"<h{told['level']}>{text}</h{told['level']}>"
    if kind in ("numbered", "bullets"):
        tag = "ol" if kind == "numbered" else "ul"
        return (
            f"<{tag}>{''.join(f'<li>{html.escape(each)}</li>' for each in told['entries'])}</{tag}>"
        )
    if kind in ("fields", "frame"):
        rows = "".join(row(each[:2]) for each in told["rows"])
        columns = '<colgroup><col style="width: 11.8em"><col></colgroup>'
        return f'<table class="fields">{columns}{rows}</table>'
    if kind == "table":
        columns = "".join(f"<col{width(each)}>" for each in told["widths"])
        head = "".join(f"<th>{html.escape(each)}</th>" for each in told["head"])
        rows = "".join(map(row, told["rows"]))
        size = f"font-size: {told['size']}pt"
        return (
            f'<table style="{size}"><colgroup>{columns}</colgroup>'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )
    if kind in ("screenshot", "picture"):
        shown = "shot" if kind == "screenshot" else "picture"
        alt = html.escape(told["alt"], quote=True)
        return f'<img class="{shown}" src="{told["path"]}" alt="{alt}">'
    if kind == "closing":
        lines = [*told["lines"], told["addressee"], *told["signature"], *told["attachments"]]
        return "".join(f"<p>{html.escape(each)}</p>" for each in lines)
    return f'<p class="{kind}">{text}</p>'


def width(told: str) -> str:
    """A column's width; shares of what is left are left to the engine."""
    return "" if told == "auto" or told.endswith("fr") else f' style="width: {told}"'


def row(cells: list[Any]) -> str:
    """One row; a cell is a text or a text with how it is shown."""
    shown = ""
    for each in cells:
        ((kind, text),) = each.items() if isinstance(each, dict) else [("", each)]
        inner = html.escape(text)
        shown += f"<td>{f'<b>{inner}</b>' if kind == 'bold' else inner}</td>"
    return f"<tr>{shown}</tr>"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ours"]:
        ours(Path(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1:2] == ["--weasyprint-itself"]:
        weasyprint_itself(Path(sys.argv[2]))
    else:
        sys.exit(main())
