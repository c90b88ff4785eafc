"""How fast and in how much memory 4_CHECK.html checks a large package, in Chromium, from a file.

usage: python bench/bundle/check_page.py [MB=1000] [ROUNDS=3] [FOLDER]

Builds one seeded package of invented recordings, as a ZIP and as a folder, opens the built page by
`file://` and gives it each, with the house's fingerprint, as a clerk would. Measured: seconds from
the button to the verdict on the screen; growth of the renderer's memory (resident, /proc) from the
moment before to its highest while it works, sampled. A page of its own for each round. Promised of
1 GB: below 60 s, growth below 500 MB. MB = 10**6. Exit 1: a promise is not kept.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
PAGE = ROOT / "pwa" / "dist-check" / "4_CHECK.html"
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PROMISED_S, PROMISED_MB = 60, 500
EVERY_S = 0.05
WAIT_MS = 600_000


@dataclass(frozen=True)
class Run:
    """One check: seconds, and by how many MB the renderer grew at the most."""

    seconds: float
    growth: float


class Watch(threading.Thread):
    """Samples the resident memory of the renderers below this process until it is stopped."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.before = self.highest = resident()
        self._over = threading.Event()

    def run(self) -> None:
        while not self._over.wait(EVERY_S):
            self.highest = max(self.highest, resident())

    def growth(self) -> float:
        """Stop; MB above the beginning."""
        self._over.set()
        self.join()
        return (self.highest - self.before) / 1e6


def main() -> int:
    megabytes = int(sys.argv[1] if len(sys.argv) > 1 else 1000)
    rounds = int(sys.argv[2] if len(sys.argv) > 2 else 3)
    where = sys.argv[3] if len(sys.argv) > 3 else None
    with tempfile.TemporaryDirectory(dir=where) as place:
        builder = [sys.executable, str(ROOT / "bench/bundle/verify.py"), "--build", place]
        built = subprocess.run(
            [*builder, str(megabytes)], check=True, capture_output=True, text=True, cwd=ROOT
        )
        archive = Path(place) / "package.zip"
        [folder] = [each for each in Path(place).iterdir() if each.is_dir()]
        found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
            kept = [
                told(shape, archive.stat().st_size, runs)
                for shape, field, path in (("zip", "#file", archive), ("folder", "#folder", folder))
                for runs in [[check(browser, field, path, built.stdout) for _ in range(rounds)]]
            ]
            browser.close()
    return 0 if all(kept) else 1


def check(browser: Browser, field: str, path: Path, fingerprint: str) -> Run:
    """One check on a page of its own; a page that does not say `unchanged` measures nothing."""
    page = browser.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(PAGE.as_uri())
    page.set_input_files(field, path)
    page.fill("#fingerprint", fingerprint.strip())
    watch = Watch()
    watch.start()
    begun = time.perf_counter()
    page.locator("#start").click()
    page.locator("#verdict").wait_for()
    seconds = time.perf_counter() - begun
    growth = watch.growth()
    shown = page.locator("#verdict.unchanged").count()
    assert shown, page.locator("#verdict").inner_text()
    page.close()
    return Run(seconds, growth)


def told(shape: str, size: int, runs: list[Run]) -> bool:
    """Print the figures of the slowest and the largest run; whether both promises are kept."""
    seconds, growth = max(run.seconds for run in runs), max(run.growth for run in runs)
    speed = size / 1e6 / seconds
    print(
        f"{shape:<7} {size / 1e6:6.0f} MB  {seconds:5.1f} s at most ({speed:.0f} MB/s)"
        f"  renderer grew by {growth:4.0f} MB at most"
        f"  (promised below {PROMISED_S} s and {PROMISED_MB} MB)"
    )
    return seconds < PROMISED_S and growth < PROMISED_MB


def resident() -> int:
    """Bytes that all renderers of the browsers below this process hold."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                status = dict(
                    line.split(":\t", 1) for line in (entry / "status").read_text().splitlines()
                )
                command = (entry / "cmdline").read_bytes()
            except (OSError, ValueError):
                continue  # it ended meanwhile
            held = int(status.get("VmRSS", "0 kB").split()[0]) * 1024
            parents[int(entry.name)] = (int(status["PPid"]), held, b"--type=renderer" in command)
    return sum(
        held for pid, (_, held, renders) in parents.items() if renders and _is_ours(pid, parents)
    )


def _is_ours(pid: int, parents: dict[int, tuple[int, int, bool]]) -> bool:
    while pid in parents:
        if pid == os.getpid():
            return True
        pid = parents[pid][0]
    return False


if __name__ == "__main__":
    sys.exit(main())
