"""The offline page as a clerk uses it: opened from a file, given a package, and read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

PAGE = Path(__file__).resolve().parents[2] / "pwa" / "dist-check" / "4_CHECK.html"
AXE = PAGE.parents[1] / "node_modules/axe-core/axe.min.js"
RULES = '{ runOnly: ["wcag2a", "wcag2aa"] }'
WAIT_MS = 60_000
SET_VALUE = "(field, value) => { field.value = value }"


@dataclass(frozen=True)
class Brought:
    """What stands beside the package on the command line, as the page's fields take it."""

    path: Path
    day: str = ""
    fingerprint: str = ""
    files: tuple[str, ...] = ()
    roots: str | None = None

    @classmethod
    def of(cls, arguments: Sequence[str]) -> Brought:
        """The command's arguments; `--original` has no field here."""
        path, *rest = arguments
        pairs = list(zip(rest[::2], rest[1::2], strict=True))
        trusted = [value for name, value in pairs if name == "--trust"]
        typed = [value for value in trusted if not Path(value).is_file()]
        assert len(typed) <= 1, "the page has one field for a fingerprint"
        told = dict(pairs)
        return cls(
            path=Path(path),
            day=told.get("--at", ""),
            fingerprint="".join(typed),
            files=tuple(value for value in trusted if Path(value).is_file()),
            roots=told.get("--roots"),
        )


class CheckPage:
    """One open page; each check begins from its form."""

    def __init__(self, browser: Browser, page: Path = PAGE) -> None:
        self.context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(WAIT_MS)
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda said: self.complaints.append(said.text))
        self.page.on("pageerror", lambda problem: self.complaints.append(str(problem)))
        self.page.goto(page.as_uri())

    def close(self) -> None:
        self.context.close()

    def again(self) -> None:
        """Back to the form, from wherever the last check left us."""
        if self.page.locator("#start").count() == 0:
            self.page.locator("main > p.screen > button").click()

    def faults(self) -> list[str]:
        """What axe finds on the page as it stands (WCAG 2 A and AA)."""
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate(f"axe.run(document, {RULES})")
        return [fault["id"] for fault in found["violations"]]

    def check(self, brought: Brought) -> Any:
        """Fill in the form, wait for the verdict, read it; the result stays on the screen."""
        self.begin(brought)
        return self.read()

    def begin(self, brought: Brought) -> None:
        """Fill in the form and ask for the check."""
        page = self.page
        self.again()
        field = "#folder" if brought.path.is_dir() else "#file"
        page.set_input_files(field, brought.path)
        page.fill("#fingerprint", brought.fingerprint)
        page.set_input_files("#trust-files", list(brought.files))
        if brought.roots is not None:
            page.set_input_files("#root-list", brought.roots)
        page.locator("#day").evaluate(SET_VALUE, brought.day)
        page.locator("#start").click()

    def read(self) -> Any:
        """Wait for the verdict; the page's JSON."""
        self.page.locator("#verdict").wait_for()
        return json.loads(self.page.locator("#json").text_content() or "")
