"""Every reader has a sample for the fuzzers, and is as well in the cell as outside it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from types import FrameType

import pytest

from evidence import readers
from evidence.cell import parent
from evidence.cell.parent import Limits
from evidence.readers import sniff
from evidence.readers.registry import formats
from tests.samples.of_readers import all_samples

from .reads import worked_through

ROOM = Path(readers.__file__).parent
SAMPLES = all_samples()
WHERE = "Add one to SAMPLES of a module in tests/samples/of_readers/."
# No bytes of a file by themselves call these: a command, also for large files
# (test_side_by_side.py), bare values, patterns of file names (test_names.py), what somebody asks of
# a file (a choice, a look at one place), and, by their first letters, what reads the words that
# recognition found.
BY_OTHER_WAYS = frozenset(
    {"__init__", "__main__", "errors", "limits", "miui_names", "name_patterns"}
    | {"choice", "codes", "excerpt", "inside", "survey", "side_by_side", "sms_stretches"}
)
OF_RECOGNITION = ("bubble", "screen")


def format_of(name: str) -> str:
    return sniff(io.BytesIO(SAMPLES[name]))


def one_of_each_reader() -> list[str]:
    first: dict[str, str] = {}
    for name in SAMPLES:
        first.setdefault(formats().get(format_of(name), ""), name)
    return sorted(first.values())


@pytest.mark.parametrize("format_id", sorted(formats()))
def test_every_format_that_is_read_has_a_sample_for_the_fuzzers(format_id):
    assert format_id in {format_of(name) for name in SAMPLES}, f"{format_id} has none. {WHERE}"


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_read_or_refused_by_name(name):
    assert len(SAMPLES[name]) <= 64 * 1024, "too large to be read hundreds of times"
    assert format_of(name) in formats()
    worked_through(SAMPLES[name])


def test_every_module_of_the_room_takes_part_in_reading_the_samples():
    """A reader behind a reader (one more database, one more dialect) needs a sample, too."""
    taking_part: set[str] = set()

    def hear(frame: FrameType, event: str, _argument: object) -> None:
        code = frame.f_code
        is_ours = code.co_name != "<module>" and Path(code.co_filename).is_relative_to(ROOM)
        if event == "call" and is_ours:
            taking_part.add(Path(code.co_filename).stem)

    sys.setprofile(hear)
    try:
        for name in SAMPLES:
            worked_through(SAMPLES[name])
    finally:
        sys.setprofile(None)

    all_modules = {path.stem for path in ROOM.rglob("*.py")} - BY_OTHER_WAYS
    idle = {name for name in all_modules - taking_part if not name.startswith(OF_RECOGNITION)}
    assert not idle, f"no sample reaches {sorted(idle)}. {WHERE}"


@pytest.mark.parametrize("name", one_of_each_reader())
def test_a_reader_finds_the_same_in_the_cell_as_outside(name):
    raw = SAMPLES[name]
    parsed = parent.parse(
        io.BytesIO(raw), size=len(raw), name="f", limits=Limits(4 << 30, 60, 120), ocr=False,
        tz="Asia/Shanghai",
    )  # fmt: skip

    told = [json.dumps(json.loads(record), sort_keys=True) for record in parsed.records]
    assert [*told, *filter(None, [parsed.problem])] == worked_through(SAMPLES[name])
    assert parsed.is_complete
