"""All readers: whatever the bytes, the answer is records or a named reason, and it comes soon.

`worked_through` raises where a reader meets what nobody foresaw.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from evidence.readers import ReadingError, read
from evidence.readers.values.names import read_name
from tests.samples.databases import NUMBER, with_log
from tests.samples.exports import NOON, backup, sms, zipped
from tests.samples.of_readers import all_samples

from .reads import worked_through

FOUND = Path(__file__).parent / "found"  # by `bench/readers/fuzz.py`
SAMPLES = all_samples()  # a new reader brings its own: tests/samples/of_readers/
QUIET = settings(
    max_examples=40,  # of each sample; `bench/readers/fuzz.py` goes on for as long as it may
    deadline=5_000,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.mark.parametrize("kind", SAMPLES)
@given(data=st.data())
@QUIET
def test_damaged_samples_never_crash_a_reader(kind, data):
    raw = bytearray(SAMPLES[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(raw)))

    worked_through(bytes(raw[:cut] if data.draw(st.booleans()) else raw))


@pytest.mark.parametrize("found", sorted(FOUND.iterdir()), ids=lambda path: path.name)
def test_what_a_fuzzer_found_once_has_a_name_now(found):
    worked_through(found.read_bytes())


@given(body=st.text(alphabet="<>&\"'#;x0123456789dDbBcC/=! \n\u200e你😀\ufffe-?[]", max_size=200))
@example("<" * 100)
@example('"<!--')
@example("&#x110000;&#xFFFFFFFF;&#4294967295;")
@settings(parent=QUIET, max_examples=200)
def test_any_text_where_a_body_should_be_never_crashes_the_tokenizer(body):
    worked_through(
        backup(sms("甲"), f'<sms address="1" date="1" type="1" body="{body}" />', sms("乙"))
    )


@given(magic=st.sampled_from([raw[:16] for raw in SAMPLES.values()]), rest=st.binary(max_size=400))
@settings(parent=QUIET, max_examples=200)
def test_a_right_beginning_with_anything_behind_it_is_answered(magic, rest):
    worked_through(magic + rest)


@given(st.text(max_size=120))
@settings(parent=QUIET, max_examples=300)
def test_any_name_is_read(name):
    json.dumps(read_name(name).as_json())


@pytest.mark.parametrize(
    "name",
    [
        "通话录音@" + "((((" * 100 + "_20240305070809.mp3",
        "通话录音@" + "a(b)" * 100 + "(_20240305070809",
        "1" * 500,
        "_".join(["20240305"] * 50),
        "a_20240305-070809" * 25,
    ],
)
def test_names_made_to_keep_a_pattern_busy_are_read_at_once(name):
    assert read_name(name).name == name


@given(data=st.data())
@QUIET
def test_a_damaged_log_beside_a_database_never_crashes_it(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("log")
    database, log = with_log(folder, (NUMBER, NOON, 1, "你好"), (NUMBER, NOON, 2, "好"))
    raw = bytearray(log)
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))

    worked_through(zipped({"a.db": database, "a.db-wal": bytes(raw), "a.db-journal": bytes(raw)}))


def test_a_million_open_tags_are_read_in_one_pass():
    raw = b"<?xml version='1.0'?><smses count='1'>" + b"<a " * 300_000

    worked_through(raw)


def test_a_start_tag_that_never_ends_is_bounded():
    raw = b"<?xml version='1.0'?><smses count='1'><sms " + b"a " * 12_000_000

    with pytest.raises(ReadingError) as refusal:
        list(read(io.BytesIO(raw), name="f"))

    assert refusal.value.code == "reading_over_limit"
