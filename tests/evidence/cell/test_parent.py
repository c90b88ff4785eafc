"""evidence/cell: whatever a child does, its parent comes back with what it had and a reason."""

from __future__ import annotations

import io
import json
import time

import pytest

from evidence.cell import parent
from evidence.cell.answers import CODES, MAX_RECORD_BYTES, REDACTED, SMALL, Parsed
from evidence.cell.parent import Limits
from evidence.media import errors as media_errors
from evidence.media.audio import playable
from evidence.media.bare_sound import is_bare_m4a
from evidence.readers import errors as reader_errors
from tests import make
from tests.samples.recordings import recording
from tests.samples.voices import voice

LIMITS = Limits(memory_bytes=4 << 30, cpu_s=20, timeout_s=20)
BEGIN = f"""
import sys; sys.path.insert(0, {str(parent.ROOT)!r})
import json, os, struct, time
from evidence.cell import child, frames
back, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
options = json.loads(frames.read(back)[1])
def send(kind, value):
    frames.write(out, kind, value if isinstance(value, bytes) else json.dumps(value).encode())
send(frames.FORMAT, {{"format": "f", "reader": "r", "reader_version": "1"}})
send(frames.RECORD, {{"kind": "sms", "text": "before"}})
"""


def parse(content: bytes, *, program: str | None = None, limits: Limits = LIMITS) -> Parsed:
    given = {} if program is None else {"program": BEGIN + program}
    return parent.parse(
        io.BytesIO(content),
        size=len(content),
        name="x",
        limits=limits,
        ocr=False,
        tz="Asia/Shanghai",
        **given,
    )


def test_an_export_comes_back_as_records_and_a_summary():
    parsed = parse(make.sms_export())

    assert (parsed.format, parsed.problem, parsed.is_complete) == ("sms_backup", "", True)
    assert [json.loads(raw)["kind"] for raw in parsed.records] == ["sms"] * 3
    assert parsed.summary["records"] == 3


def test_an_unknown_file_is_no_problem():
    parsed = parse(b"no format at all" * 50)

    assert (parsed.problem, parsed.records) == ("", [])


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("os.kill(os.getpid(), 11)", "reading_failed"),
        ("os._exit(0)", "reading_failed"),
        ("raise ValueError('what it read')", "reading_failed"),
        ("out.write(b'S\\0'); out.flush(); os._exit(0)", "reading_failed"),
        ("send(b'X', b'no such frame')", "reading_failed"),
        ("send(frames.RECORD, b'[]')", "reading_failed"),
        ("send(frames.RECORD, b'{')", "reading_failed"),
        ("send(frames.FORMAT, [1])", "reading_failed"),
        ("send(frames.SUMMARY, b'7')", "reading_failed"),
        ('send(frames.DERIVED, b\'{"name": "../../x"}\\nabc\')', "reading_failed"),
        ("send(frames.WANT, struct.pack('>QI', 5, 99)); frames.read(back)", "reading_failed"),
        ("send(frames.WANT, b'short'); frames.read(back)", "reading_failed"),
        ("send(frames.LOOKED, b'[]')", "reading_failed"),
        ("send(frames.LOOKED, b' ' * 70_000)", "reading_failed"),
        (
            "send(frames.LOOKED, {'format': 'f', 'length_s': 0, 'facts': ["
            "{'code': 'software', 'text': 'a\\nb', 'time': None}]})",
            "reading_failed",
        ),
        ("send(frames.PROBLEM, b'you_were_fooled')", "reading_failed"),
        ("send(frames.PROBLEM, b'reading_encrypted')", "reading_encrypted"),
        ("out.write(struct.pack('>cI', b'R', 2**32 - 1)); out.flush()", "reading_failed"),
    ],
)
def test_what_came_before_a_child_went_wrong_is_kept_with_the_reason(program, problem):
    parsed = parse(b"twelve bytes", program=program)

    assert (parsed.problem, len(parsed.records)) == (problem, 1)


@pytest.mark.parametrize(
    "program",
    [
        "os.kill(os.getpid(), 11)",
        "os._exit(0)",
        "out.write(b'C\\0'); out.flush()",
        "send(b'X', b'no such frame')",
        "send(frames.RECORD, {'kind': 'sms', 'text': 'too late'})",
        "send(frames.SUMMARY, {})",
        "send(frames.CREDENTIALS, {})",
        "send(frames.CREDENTIALS, b' ' * 70_000)",
        "send(frames.CREDENTIALS, [{'code': 'software', 'text': 'x', 'time': None}])",
        "send(frames.CREDENTIALS, [{'code': 'c2pa_state', 'text': 'true', 'time': None}])",
        "while True: pass",
    ],
)
def test_a_child_that_dies_of_the_credentials_loses_nothing_else(program):
    begin = "child.restrict(memory=options['memory_bytes'], cpu_s=1)\nsend(frames.SUMMARY, {})\n"

    parsed = parse(b"twelve bytes", program=begin + program)

    assert (parsed.problem, parsed.is_complete, len(parsed.records)) == ("", True, 1)
    assert ("c2pa_state", "unread") in {(fact.code, fact.text) for fact in parsed.looked.facts}


def test_what_the_file_says_by_its_credentials_stands_beside_the_rest():
    told = "[{'code': 'c2pa_state', 'text': 'valid', 'time': None}]"
    parsed = parse(b"x", program=f"send(frames.SUMMARY, {{}}); send(frames.CREDENTIALS, {told})")

    assert ("c2pa_state", "valid") in {(fact.code, fact.text) for fact in parsed.looked.facts}


def test_a_library_may_read_more_at_a_time_than_one_request_carries():
    program = """
file = frames.AskedFile(options['size'], out=out, back=back)
into = bytearray(options['size'])
got = __import__('io').BufferedReader(file, 1 << 18).readinto(into)
send(frames.SUMMARY, {'got': got, 'last': into[-1]})
"""
    parsed = parse(bytes(9_000_000) + b"\7", program=program)

    assert parsed.summary == {"got": 9_000_001, "last": 7}


def test_a_child_that_never_ends_is_ended():
    began = time.monotonic()

    parsed = parse(b"x", program="time.sleep(600)", limits=Limits(4 << 30, 20, 1))

    assert parsed.problem == "reading_over_limit"
    assert time.monotonic() - began < 15


def test_a_child_that_computes_for_ever_is_ended_by_its_own_limit():
    program = "child.restrict(memory=options['memory_bytes'], cpu_s=1)\nwhile True: pass"

    assert parse(b"x", program=program).problem == "reading_over_limit"


def test_a_child_cannot_take_all_memory():
    program = "child.restrict(memory=600 << 20, cpu_s=20)\nheld = bytearray(2 << 30)"

    assert parse(b"x", program=program).problem == "reading_failed"


def test_a_child_has_no_environment_no_files_and_writes_none(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "the-secret")
    with (tmp_path / "open-in-the-parent").open("wb") as held:
        program = f"""
child.restrict(memory=options['memory_bytes'], cpu_s=20)
fds = ['/proc/self/fd/' + fd for fd in os.listdir('/proc/self/fd')]
links = [os.readlink(fd) for fd in fds if os.path.exists(fd)]
try:
    open({str(tmp_path / "leak")!r}, 'wb', buffering=0).write(b'plain bytes')
    wrote = 'yes'
except OSError:
    wrote = 'no'
told = {{'env': dict(os.environ), 'cwd': os.getcwd(), 'links': links, 'wrote': wrote}}
send(frames.SUMMARY, told)
"""
        told = parse(b"x", program=program).summary
        assert held.name not in told["links"]

    assert "SECRET_KEY" not in told["env"]
    assert told["wrote"] == "no"
    assert told["cwd"] == "/"


def test_more_records_than_are_kept_of_one_file_is_a_limit_not_a_crash():
    big = f"send(frames.RECORD, b'{{\"t\": \"' + b'x' * {MAX_RECORD_BYTES} + b'\"}}')"

    assert parse(b"x", program=big).problem == "reading_over_limit"


def test_every_reason_that_a_reader_can_give_is_understood():
    given = {
        getattr(error, "code", None)
        for room in (reader_errors, media_errors)
        for error in vars(room).values()
        if isinstance(error, type) and issubclass(error, Exception)
    }

    assert {code for code in given if str(code).startswith("reading_")} <= CODES


def test_another_child_says_whether_a_copy_is_covered():
    content = recording(voice(4), container="wav", codec="pcm_s16le")
    made = parent.redact(
        io.BytesIO(content), size=len(content), cuts={"spans": [[1000, 2000]]}, limits=LIMITS
    )
    copy = made.derived[REDACTED]

    def told(of: bytes, span: list[int]) -> bool:
        return parent.is_covered(io.BytesIO(of), size=len(of), spans=[span], limits=LIMITS)

    assert told(copy, [1000, 2000])
    assert not told(copy, [1000, 2500])
    assert not told(content, [1000, 2000])
    assert not told(b"no sound at all", [1000, 2000])  # it cannot be told, so it is not


@pytest.mark.parametrize(
    ("spans", "problem"),
    [
        ([[2000, 3000]], ""),
        ([[0, 8000]], "redaction_covers_whole"),
        ([[7000, 9000]], "redaction_place_outside"),
    ],
)
def test_a_recording_is_covered_inside_or_refused_by_name(spans, problem):
    content = recording(voice(8), container="wav", codec="pcm_s16le")

    made = parent.redact(
        io.BytesIO(content), size=len(content), cuts={"spans": spans}, limits=LIMITS
    )

    assert (made.problem, made.is_complete) == (problem, not problem)
    assert is_bare_m4a(made.derived.get(REDACTED, b"")) == (not problem)
    assert made.summary == ({} if problem else {"duration_ms": 8000})


def test_a_listening_copy_comes_back_smaller_with_its_bit_rate():
    copy = playable(io.BytesIO(recording(voice(8), container="wav", codec="pcm_s16le")))

    made = parent.shrink(io.BytesIO(copy), size=len(copy), most_bytes=20_000, limits=LIMITS)

    assert (made.problem, made.summary) == ("", {"bits_per_second": 16_000})
    assert 0 < len(made.derived[SMALL]) <= 20_000
    assert is_bare_m4a(made.derived[SMALL])


def test_a_listening_copy_that_cannot_be_made_so_small_is_a_problem():
    copy = playable(io.BytesIO(recording(voice(8), container="wav", codec="pcm_s16le")))

    made = parent.shrink(io.BytesIO(copy), size=len(copy), most_bytes=100, limits=LIMITS)

    assert (made.problem, made.derived) == ("reading_over_limit", {})
