"""What a clerk gains from knowing how a file was taken in: how much of it, what may be missing."""

from __future__ import annotations

from accounts.language import DEFAULT, text
from evidence.models.choices import TRUNCATED, ImportReport
from evidence.models.readings import Reading


def note(reading: Reading, language: str = DEFAULT) -> str:
    """Sentences for the exhibit's page and the console; "" where there is nothing to say.

    Counts only: of how many records a part was kept, days without any, a broken-off export.
    """
    said = [reading.problem] if reading.problem else []
    report: ImportReport | None = getattr(reading, "report", None)
    told = report.statement if report else {}
    if told.get("left_out"):
        kept, every = str(told["records"]), str(reading.record_count)
        said.append(text("draft-import-part", language, kept=kept, all=every))
    if missing := told.get("days", {}).get("missing"):
        said.append(text("draft-import-days", language, count=str(missing)))
    if TRUNCATED & {each["code"] for each in told.get("warnings", [])}:
        said.append(text("draft-import-truncated", language))
    return text("draft-import-join", language).join(said)
