"""evidence/readers/recordings/recorder_sidecar.py: a note alone, in a ZIP, beside its recording."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from evidence.readers import UnreadableError, read
from evidence.readers.__main__ import main
from tests.samples.exports import NOON, NUMBER, zipped
from tests.samples.recordings import amr

from .reads import reading, records

NAME = "20241027_113320.123+0800_in_13700000002"


def note(**more: Any) -> bytes:
    fixed = {
        "timestamp_unix_ms": NOON,
        "timestamp": "2024-10-27T11:33:20.123+08:00",
        "direction": "out",
        "sim_slot": 2,
        "call_log_name": "客服",
        "calls": [{"phone_number": NUMBER, "caller_name": None, "contact_name": "李雷"}],
        "output": {"recording": {"duration_secs_total": 35.25, "frames_total": 564_000}},
    }
    return json.dumps({**fixed, **more}, indent=4).encode()


def test_a_note_alone_is_read_as_the_call_it_tells_of():
    [call] = records(note(), name=f"{NAME}.json")

    assert reading(note()).format == "recorder_sidecar"
    assert (call.kind, call.direction, call.duration_s) == ("call", "out", 35.25)
    assert (call.peer_number_e164, call.peer_name, call.owner_sim) == (NUMBER, "李雷", "2")
    assert (call.when_raw, call.when_precision, call.zone_source) == (str(NOON), "ms", "epoch")


def test_a_conference_has_no_direction_and_all_its_parties():
    calls = [{"phone_number": NUMBER, "contact_name": "李雷"}, {"phone_number": "13700000002"}]

    [call] = records(note(direction="conference", calls=calls))

    assert (call.direction, call.warnings) == (None, ("unknown_type",))
    assert call.peer_number_raw == f"{NUMBER};13700000002"
    assert call.peer_number_e164 is None


def test_a_call_without_a_number_keeps_the_name_of_the_call_log():
    [call] = records(note(calls=[{"phone_number": None}], direction="in", output=None))

    assert (call.peer_number_raw, call.peer_name, call.duration_s) == (None, "客服", None)


def test_in_an_archive_the_note_leads_to_its_recording():
    call, _ = records(zipped({f"rec/{NAME}.json": note(), f"rec/{NAME}.amr": amr(50)}))

    assert call.kind == "call"
    assert call.source_locator == {"member": f"rec/{NAME}.json", "bytes": [0, len(note())]}
    assert call.attachments == ({"name": f"{NAME}.amr", "locator": {"member": f"rec/{NAME}.amr"}},)


@pytest.mark.parametrize("raw", [note()[:-20], note(timestamp_unix_ms="x")[:60] + b'"calls": ['])
def test_a_damaged_note_is_named(raw):
    with pytest.raises(UnreadableError):
        records(raw)


def test_odd_values_are_left_out():
    odd = {"sim_slot": "x", "calls": [7, {"phone_number": 5}], "output": {"recording": []}}

    [call] = records(note(timestamp_unix_ms=True, direction=5, call_log_name="\ud800", **odd))

    assert (call.when_utc, call.peer_number_raw, call.peer_name) == (None, None, "\ufffd")
    assert call.warnings == ("time_out_of_range", "unknown_type")


def test_beside_its_recording_the_note_wins_over_the_name():
    [got] = read(
        io.BytesIO(amr(50)),
        name=f"{NAME}.amr",
        companion=lambda suffix: note() if suffix == ".json" else None,
    )

    assert (got.kind, got.direction, got.peer_number_raw) == ("recording", "out", NUMBER)
    assert (got.peer_name, got.owner_sim, got.duration_s) == ("李雷", "2", 1.0)


def test_a_foreign_note_beside_a_recording_is_passed_over():
    [got] = read(io.BytesIO(amr(50)), name=f"{NAME}.amr", companion=lambda _: b'{"a": 1}')

    assert (got.direction, got.peer_number_raw) == ("in", "13700000002")


def test_the_command_finds_the_note_in_the_same_folder(tmp_path, capfd):
    (tmp_path / f"{NAME}.amr").write_bytes(amr(50))
    (tmp_path / f"{NAME}.json").write_bytes(note())

    assert main([str(tmp_path / f"{NAME}.amr")]) == 0

    line, _ = (json.loads(line) for line in capfd.readouterr().out.splitlines())
    assert (line["direction"], line["peer_number_raw"]) == ("out", NUMBER)
