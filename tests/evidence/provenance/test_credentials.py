"""evidence/provenance/credentials.py: what a signed statement says, whether it fits the file."""

from __future__ import annotations

import io
import json
import random
import re
import socket
import struct
import time
import zlib
from datetime import UTC, datetime

import pytest

from accounts.language import text
from evidence.cell import parent
from evidence.cell.parent import Limits
from evidence.provenance import Claim, Fact, Found, credentials, state, wording
from evidence.provenance.codes import WORDS
from evidence.provenance.said import read_credentials, read_statement
from evidence.readers import sniff
from tests.evidence.provenance import files
from tests.evidence.provenance.test_hostile import mutated
from tests.samples.credentials import edited, signed
from tests.samples.pictures import encoded, gradient

JPEG = encoded(gradient(80, 60), "JPEG")
PNG = encoded(gradient(80, 60), "PNG")
ARRIVED = datetime(2026, 3, 5, 2, 0, tzinfo=UTC)
CARRIERS = {
    "jpeg": (JPEG, "image/jpeg"),
    "png": (PNG, "image/png"),
    "webp": (encoded(gradient(80, 60), "WEBP"), "image/webp"),
    "gif": (encoded(gradient(80, 60), "GIF"), "image/gif"),
    "avif": (encoded(gradient(80, 60), "AVIF"), "image/avif"),
    "heic": (files.heic(), "image/heic"),
    "mp4": (files.m4a(), "audio/mp4"),
    "wav": (files.wav(files.chunk(b"data", bytes(range(256)) * 60)), "audio/wav"),
    "mp3": (files.id3(TSSE="x") * 3, "audio/mpeg"),
}
CLAIM_BOX = bytes.fromhex("6332636c00110010800000aa00389b71")
MANIFEST_BOX = bytes.fromhex("63326d6100110010800000aa00389b71")
STORE_BOX = bytes.fromhex("6332706100110010800000aa00389b71")


def told(raw: bytes) -> dict[str, Fact]:
    file = io.BytesIO(raw)
    return {fact.code: fact for fact in credentials.read(file, sniff(file))}


def said(raw: bytes) -> str:
    return told(raw)["c2pa_state"].text


def notes(raw: bytes) -> list[str]:
    found = Found("jpeg", tuple(told(raw).values()))
    return [note.code for note in state(Claim(received_at=ARRIVED), found).observations]


@pytest.mark.parametrize("carrier", CARRIERS)
def test_each_kind_of_file_that_carries_credentials_is_read(carrier):
    raw = signed(*CARRIERS[carrier], actions=("c2pa.cropped", "org.invented.own"))

    facts = {code: fact.text for code, fact in told(raw).items()}

    assert facts == {
        "c2pa_state": "valid",
        "c2pa_maker": "Invented Camera 1.2",
        "c2pa_signer": "Invented Signer, Invented Works",
        "c2pa_actions": "created, cropped, other",
        "c2pa_source": "camera",
    }


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_file_without_credentials_says_nothing_of_them(carrier):
    assert told(CARRIERS[carrier][0]) == {}


@pytest.mark.parametrize("carrier", ["jpeg", "png", "wav", "avif"])
def test_a_bit_of_the_content_turned_after_signing_is_seen(carrier):
    content, media_type = CARRIERS[carrier]
    raw = bytearray(signed(content, media_type))
    place = raw.rindex(content[-40:-20]) + 10
    raw[place] ^= 1

    facts = told(bytes(raw))

    assert facts["c2pa_state"].text == "changed"
    assert re.fullmatch(r"assertion\.(data|bmff)Hash\.mismatch", facts["c2pa_failures"].text)


@pytest.mark.parametrize(
    ("old", "new", "failure"),
    [
        (b"Invented Camera", b"Invented Kamera", "claimSignature.mismatch"),
        (b"c2pa.cropped", b"c2pa.creeped", "assertion.hashedURI.mismatch"),
    ],
)
def test_a_statement_changed_after_signing_does_not_fit_its_signature(old, new, failure):
    raw = signed(JPEG, actions=("c2pa.cropped",))

    facts = told(raw.replace(old, new))

    assert (facts["c2pa_state"].text, facts["c2pa_failures"].text) == ("invalid", failure)


def test_the_statement_of_another_picture_does_not_fit_this_one():
    raw, other = signed(PNG, "image/png"), encoded(gradient(81, 60), "PNG")
    begin = raw.index(b"caBX") - 4
    store = raw[begin : begin + 12 + struct.unpack_from(">I", raw, begin)[0]]

    assert said(other[:33] + store + other[33:]) == "changed"


def test_a_cut_statement_cannot_be_read():
    raw = signed(JPEG)

    assert said(raw[: raw.index(b"jumdc2pa") + 900]) == "unread"


def test_the_sources_of_parts_are_kept_apart_from_the_files_own():
    facts = told(edited(JPEG, signed(JPEG, source="trainedAlgorithmicMedia")))

    assert facts["c2pa_actions"].text == "opened, cropped"
    assert "c2pa_source" not in facts
    assert facts["c2pa_part_source"].text == "ai"


@pytest.mark.parametrize("is_inside", [True, False])
def test_an_address_in_the_file_is_never_asked(is_inside):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x.c2pa"
        raw = signed(JPEG, remote=address, is_inside=is_inside)

        assert said(raw) == ("valid" if is_inside else "elsewhere")
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize(
    ("source", "note"),
    [
        ("trainedAlgorithmicMedia", True),
        ("compositeWithTrainedAlgorithmicMedia", True),
        ("computationalCapture", False),
        ("screenCapture", False),
    ],
)
def test_what_is_said_of_artificial_intelligence_is_noted(source, note):
    assert ("c2pa_generated" in notes(signed(JPEG, source=source))) is note


def test_edits_are_noted_and_making_alone_is_not():
    assert notes(signed(JPEG)) == ["c2pa_valid"]
    assert notes(signed(JPEG, actions=("c2pa.cropped",))) == ["c2pa_valid", "c2pa_edited"]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_word_has_its_text_and_a_statement_is_told_as_a_claim(language):
    def say(key, **values):
        return text(key, language, **values)

    for code, words in WORDS.items():
        value = ", ".join(sorted(words))
        found = Found("jpeg", (Fact(code, value),))
        (row,) = (
            each
            for each in wording.facts(state(Claim(received_at=ARRIVED), found), say)
            if each.code == code
        )
        assert len(row.value.split(say("provenance-comma"))) >= len(words)
    found = Found("jpeg", tuple(told(signed(JPEG, source="trainedAlgorithmicMedia")).values()))
    lines = list(wording.notes(state(Claim(received_at=ARRIVED), found), say))
    assert [line.code for line in lines] == ["c2pa_valid", "c2pa_generated"]
    assert {"zh-CN": "没有核对", "en": "not checked"}[language] in lines[0].means
    assert {"zh-CN": "人工智能生成", "en": "artificial intelligence"}[language] in lines[1].text


def nested(depth: int) -> bytes:
    """JUMBF boxes, one in the other."""
    mark = struct.pack(">I4s", 33, b"jumd") + STORE_BOX + b"\x03c2pa\0"
    mark = struct.pack(">I", len(mark)) + mark[4:]
    unit = 8 + len(mark)
    return b"".join(
        struct.pack(">I4s", unit * left, b"jumb") + mark for left in range(depth, 0, -1)
    )


def deep_claim(depth: int) -> bytes:
    """A store whose claim is a CBOR array in an array in an array."""
    claim = files.box(b"jumb", files.box(b"jumd", CLAIM_BOX + b"\x03c2pa.claim\0"),
                      files.box(b"cbor", b"\x81" * depth + b"\0"))  # fmt: skip
    manifest = files.box(b"jumb", files.box(b"jumd", MANIFEST_BOX + b"\x03urn:c2pa:x\0"), claim)
    return files.box(b"jumb", files.box(b"jumd", STORE_BOX + b"\x03c2pa\0"), manifest)


def in_png(store: bytes) -> bytes:
    body = b"caBX" + store
    chunk = struct.pack(">I", len(store)) + body + struct.pack(">I", zlib.crc32(body))
    return PNG[:33] + chunk + PNG[33:]


@pytest.mark.parametrize(
    "store", [nested(200_000), deep_claim(300_000), b"jumdc2pa", b"jumdc2pa" * 100_000]
)
def test_a_statement_nested_without_end_costs_nothing_but_itself(store):
    raw = in_png(store)
    began = time.monotonic()

    parsed = parent.parse(
        io.BytesIO(raw),
        size=len(raw),
        name="x",
        limits=Limits(4 << 30, 60, 60),
        ocr=False,
        tz="UTC",
    )

    assert (parsed.problem, parsed.is_complete) == ("", True)
    facts = {fact.code: fact.text for fact in parsed.looked.facts}
    assert (facts["c2pa_state"], facts["picture_size"]) == ("unread", "80x60")
    assert set(parsed.derived) == {"page", "thumbnail"}
    assert time.monotonic() - began < 30


def test_a_statement_of_many_actions_is_told_in_a_few_words():
    kinds = ("c2pa.edited", "c2pa.filtered", "c2pa.resized", "c2pa.orientation", "c2pa.placed",
             "c2pa.removed", "c2pa.drawing", "c2pa.converted", "c2pa.published", "c2pa.translated",
             "c2pa.watermarked", "c2pa.edited.metadata")  # fmt: skip
    facts = told(signed(JPEG, actions=kinds * 500))

    assert len(facts["c2pa_actions"].text) <= 120
    assert read_credentials(json.loads(json.dumps([f.as_json() for f in facts.values()])))


def test_a_file_beyond_the_limit_is_said_to_be_unread(monkeypatch):
    monkeypatch.setattr(credentials, "MAX_BYTES", 2000)

    assert said(signed(JPEG)) == "unread"
    assert told(JPEG) == {}


@pytest.mark.parametrize("carrier", ["jpeg", "png", "webp", "mp4", "wav"])
def test_damaged_statements_give_facts_that_are_facts(carrier):
    raw = signed(*CARRIERS[carrier], actions=("c2pa.cropped",))
    chance = random.Random(f"credentials {carrier}")
    for _ in range(60):
        file = io.BytesIO(mutated(raw, chance))
        facts = credentials.read(file, carrier)

        assert read_credentials(json.loads(json.dumps([f.as_json() for f in facts]))) == facts
        kept = state(Claim(received_at=ARRIVED), Found(carrier, facts))
        assert read_statement(json.loads(json.dumps(kept.as_json(engine="2")))) == kept
