"""What would make a screenshot better proof: codes for gentle hints, never a refusal."""

from __future__ import annotations

from typing import Final

from evidence.readers.record import Record

from .bubbles import Page

SMALL_LETTERS: Final = 18  # pixels a line: below, characters are often recognised wrongly
SURE: Final = 0.8


def hints(page: Page, records: list[Record]) -> list[str]:
    """Codes of what a person could do better, worst first; empty for a good screenshot.

    Args:
        page: as recognised.
        records: of its bubbles.
    """
    if not page.is_chat:
        return []
    said = [record for record in records if record.kind == "chat"]
    found: list[str] = []
    if said and not any(record.when_utc for record in said):
        found.append("no_date")
    if page.title is None:
        found.append("no_name_bar")
    if any("bubble_cut" in record.warnings for record in said):
        found.append("message_cut")
    if page.letters < SMALL_LETTERS:
        found.append("small_letters")
    if said and sum(record.facts["score"] < SURE for record in said) * 4 > len(said):
        found.append("hard_to_read")
    if any("capture_clock_differs" in record.warnings for record in said):
        found.append("capture_differs")
    return found
