"""4_CHECK.html in a real browser, from a file: it agrees with the command over every forgery."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from playwright.sync_api import Browser

from complaints.bundle.verify import command
from tests.forgeries import base, corpus
from tests.forgeries.corpus import Forgery
from tests.forgeries.handed import ROOT, zipped
from tests.forgeries.judged import code_of

from .check_page import PAGE, Brought, CheckPage

pytestmark = pytest.mark.browser

# What a browser does not show of a folder (docs/check.md): links, special files, empty folders, and
# that a name has a backslash (it shows a folder and a file in it, which nobody lists either).
UNSEEN = {"folder-link", "folder-special-file", "folder-empty-planted", "folder-backslash"}
ROWS = [row for row in corpus.all_of_them() if row.name not in UNSEEN]
PAPER = {"file-missing", "pdf-other-manifest"}  # the page checks no more of the PDF
# Said by one of the two only: the page checks no PDF's signature, and reads no export again.
ONE_SIDED = {"reading", "pdf-signature", "empty-folders"}
CANNOT = {
    *("version", "no-keys", "manifest-unreadable", "no-manifest", "renewal-unknown"),
    *("gap-reason", "trust-argument", "crash", "token-not-here"),
}

Reason = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def checker(browser: Browser) -> Iterator[CheckPage]:
    if not PAGE.is_file():
        why = "the offline page is not built (make client builds it)"
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(f"REQUIRE_ALL=1 and {why}", pytrace=False)
        pytest.skip(f"not run: browser: {why}")
    opened = CheckPage(browser)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def other(browser: Browser, checker: CheckPage) -> Iterator[CheckPage]:
    """A second one, that works while the first does."""
    opened = CheckPage(browser)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def aside() -> Iterator[ThreadPoolExecutor]:
    """Where packages are made and judged: the browser's driver keeps this thread's event loop."""
    with ThreadPoolExecutor(max_workers=1) as one:
        yield one


@pytest.fixture(scope="module")
def sound(aside: ThreadPoolExecutor, tmp_path_factory: pytest.TempPathFactory) -> corpus.Laid:
    place = tmp_path_factory.mktemp("sound")
    return aside.submit(corpus.lay, _row("sound-zip"), place).result()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_it_agrees_with_the_command(
    row: Forgery,
    checker: CheckPage,
    other: CheckPage,
    aside: ThreadPoolExecutor,
    tmp_path: Path,
) -> None:
    laid = aside.submit(corpus.lay, row, tmp_path).result()
    begun = []
    for page, arguments in ((checker, laid.bare), (other, laid.trusted)):
        page.begin(Brought.of(arguments))
        begun.append((page, arguments, aside.submit(_told, arguments)))  # all three at once
    for page, arguments, judged in begun:
        shown = page.read()
        if _is_pdf_alone(arguments):
            assert _reasons(shown) == {("container", "unknown", "pdf-alone", "")}
            continue
        told = judged.result()
        assert _reasons(shown) == _reasons(told)
        assert _word(told["checks"]) == told["verdict"]  # the rule below is the command's own
        assert shown["verdict"] == _word(_seen(told))
        assert shown["signer_known"] == told["signer_known"]
        said = {code_of(line) for line in told["not_proved"]}
        assert set(shown["not_proved_codes"]) - ONE_SIDED == said - ONE_SIDED


def test_it_names_its_own_digest_and_loads_nothing(checker: CheckPage, sound: corpus.Laid) -> None:
    shown = checker.check(Brought.of(sound.trusted))

    digest = hashlib.sha256(PAGE.read_bytes()).hexdigest()
    assert shown["checker_sha256"] == digest
    grouped = " ".join(digest[i : i + 4] for i in range(0, 64, 4))
    assert grouped in (checker.page.locator(".sheet").text_content() or "")
    assert [url for url in checker.requests if not url.startswith("blob:")] == [PAGE.as_uri()]
    assert checker.complaints == []


def test_it_says_whether_the_package_lists_this_very_page(
    checker: CheckPage, aside: ThreadPoolExecutor, tmp_path: Path
) -> None:
    page = PAGE.read_bytes()
    for name, listed, word in (("same", page, "相同"), ("other", page + b" ", "不同")):
        path = tmp_path / f"{name}.zip"
        path.write_bytes(aside.submit(_with_page, listed).result())

        shown = checker.check(Brought(path))

        assert shown["verdict"] == "unchanged"
        assert word in checker.page.locator(".result .own").inner_text()


def test_the_first_line_says_by_whom_and_nothing_unchecked_is_green(
    checker: CheckPage, sound: corpus.Laid
) -> None:
    shown = checker.check(Brought.of(sound.bare))

    first = checker.page.locator("#verdict")
    assert "完整，未改动 / " in first.inner_text()
    assert "由谁制作：未核对" in first.inner_text()
    assert first.evaluate("element => element === document.activeElement")
    marks = {check["name"]: check["result"] for check in shown["checks"]}
    assert (marks["signer"], marks["pdf"]) == ("unknown", "unknown")
    assert "pdf-signature" in shown["not_proved_codes"]


def test_it_speaks_english_and_keeps_the_result(checker: CheckPage, sound: corpus.Laid) -> None:
    checker.check(Brought.of(sound.bare))
    checker.page.get_by_role("button", name="English").click()

    assert checker.page.locator("html").get_attribute("lang") == "en"
    assert "What holds" in checker.page.locator("main").inner_text()
    checker.page.get_by_role("button", name="中文").click()


def test_it_is_worked_by_the_keyboard_alone(browser: Browser, sound: corpus.Laid) -> None:
    opened = CheckPage(browser)
    opened.page.set_input_files("#file", sound.bare[0])
    for _ in range(12):
        opened.page.keyboard.press("Tab")
        if opened.page.evaluate("document.activeElement.id") == "start":
            break
    opened.page.keyboard.press("Enter")

    opened.page.locator("#verdict").wait_for()
    opened.close()


def test_axe_finds_no_fault_in_form_and_result(checker: CheckPage, sound: corpus.Laid) -> None:
    checker.check(Brought.of(sound.trusted))
    found = checker.faults()
    checker.again()

    assert found + checker.faults() == []


@pytest.mark.parametrize("name", ["sound-zip", "stamps-lapsed"])
def test_the_result_is_one_printed_page_in_either_language(
    name: str, checker: CheckPage, aside: ThreadPoolExecutor, tmp_path: Path
) -> None:
    laid = aside.submit(corpus.lay, _row(name), tmp_path).result()
    checker.check(Brought.of(laid.trusted))

    for other in ("English", "中文"):
        printed = checker.page.pdf(prefer_css_page_size=True)
        assert len(pikepdf.open(io.BytesIO(printed)).pages) == 1
        checker.page.get_by_role("button", name=other).click()


def test_the_name_of_a_file_is_never_markup(
    checker: CheckPage, aside: ThreadPoolExecutor, tmp_path: Path
) -> None:
    name = "<img src=x onerror=alert(1)>"
    path = tmp_path / "planted.zip"
    path.write_bytes(aside.submit(_with_planted, name).result())

    shown = checker.check(Brought(path))

    assert ("files", "fail", "file-planted", name) in _reasons(shown)
    assert name in checker.page.locator(".result").inner_text()
    assert checker.page.locator("img").count() == 0
    assert checker.complaints == []


def test_two_builds_are_the_same_bytes(checker: CheckPage) -> None:
    before = PAGE.read_bytes()
    root = PAGE.parents[2]
    command_line = [sys.executable, "scripts/client.py", "run", "check-page"]
    subprocess.run(command_line, cwd=root, check=True, capture_output=True)

    assert PAGE.read_bytes() == before


def _row(name: str) -> Forgery:
    [row] = [row for row in ROWS if row.name == name]
    return row


def _with_page(page: bytes) -> bytes:
    """A sound package that lists this page."""
    return zipped(base.signed({"4_CHECK.html": page}, checker=True)).data


def _with_planted(name: str) -> bytes:
    """A sound package with one file more, of this name."""
    return zipped(base.files(), extra=lambda archive: archive.writestr(ROOT + name, b"x")).data


def _told(arguments: Sequence[str]) -> Any:
    out = io.StringIO()
    command.run([*arguments, "--json"], out)
    return json.loads(out.getvalue())


def _is_pdf_alone(arguments: Sequence[str]) -> bool:
    path = Path(arguments[0])
    return path.is_file() and path.read_bytes()[:5] == b"%PDF-"


def _seen(value: Any) -> list[Any]:
    """The checks that both can make."""
    return [
        check
        for check in value["checks"]
        if check["name"] != "original" and (check["name"] != "pdf" or check["code"] in PAPER)
    ]


def _reasons(value: Any) -> set[Reason]:
    return {
        (check["name"], check["result"], check["code"], check.get("where", ""))
        for check in _seen(value)
    }


def _word(checks: Collection[Any]) -> str:
    """The verdict that follows from these checks alone (docs/formats/verdict.md)."""
    failed = [check["code"] for check in checks if check["result"] == "fail"]
    unknown = [check["code"] for check in checks if check["result"] == "unknown"]
    held = {check["name"] for check in checks if check["result"] == "pass"}
    if any(not _is_missing(code) for code in failed):
        return "changed"
    if any(code in CANNOT or code.startswith("container-") for code in unknown):
        return "cannot_check"
    if failed:
        return "incomplete"
    return "unchanged" if {"manifests", "signatures"} <= held else "cannot_check"


def _is_missing(code: str) -> bool:
    return code.endswith("-missing") or code == "pdf-no-token"
