"""evidence/integrity/checkpoint.py: the log's size and root, signed as C2SP says."""

from __future__ import annotations

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence.integrity import checkpoint
from evidence.integrity.checkpoint import (
    CheckpointFormatError,
    CheckpointOriginError,
    CheckpointSignatureError,
)

ORIGIN = "example.org/log"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
ROOT = hashlib.sha256(b"root").digest()


@pytest.fixture
def note() -> bytes:
    return checkpoint.sign(origin=ORIGIN, size=20852163, root=ROOT, key=KEY)


def verify(note: bytes, key: Ed25519PrivateKey = KEY) -> checkpoint.Checkpoint:
    return checkpoint.verify(note, origin=ORIGIN, public_key=key.public_key())


def test_its_bytes_are_those_of_the_specification(note):
    text = f"{ORIGIN}\n20852163\n{base64.b64encode(ROOT).decode()}\n".encode()
    public = KEY.public_key().public_bytes_raw()
    key_id = hashlib.sha256(ORIGIN.encode() + b"\n\x01" + public).digest()[:4]
    signature = base64.b64encode(key_id + KEY.sign(text))

    assert note == text + b"\n\xe2\x80\x94 " + ORIGIN.encode() + b" " + signature + b"\n"


def test_what_was_signed_is_read_again(note):
    read = verify(note)

    assert (read.size, read.root, read.extensions) == (20852163, ROOT, ())


def test_extension_lines_are_signed_too():
    note = checkpoint.sign(origin=ORIGIN, size=1, root=ROOT, key=KEY, extensions=["edition 1"])

    assert verify(note).extensions == ("edition 1",)
    with pytest.raises(CheckpointSignatureError):
        verify(note.replace(b"edition 1", b"edition 2"))


def test_a_cosignature_by_another_is_kept_and_does_not_disturb(note):
    other = Ed25519PrivateKey.generate()
    blob = checkpoint.key_id("witness.example", other.public_key()) + other.sign(b"text")
    cosigned = note + f"— witness.example {base64.b64encode(blob).decode()}\n".encode()

    assert [each.name for each in verify(cosigned).signatures] == [ORIGIN, "witness.example"]


def test_the_verifier_key_names_the_same_key():
    name, key_id, key = checkpoint.verifier_key(ORIGIN, KEY.public_key()).split("+", 2)

    assert name == ORIGIN
    assert bytes.fromhex(key_id) == checkpoint.key_id(ORIGIN, KEY.public_key())
    assert base64.b64decode(key) == b"\x01" + KEY.public_key().public_bytes_raw()


def test_another_size_is_refused(note):
    with pytest.raises(CheckpointSignatureError):
        verify(note.replace(b"20852163", b"20852164"))


def test_another_key_is_refused(note):
    with pytest.raises(CheckpointSignatureError):
        verify(note, Ed25519PrivateKey.generate())


def test_another_log_is_refused(note):
    with pytest.raises(CheckpointOriginError):
        checkpoint.verify(note, origin="example.net/log", public_key=KEY.public_key())


@pytest.mark.parametrize(
    "damage",
    [
        lambda note: b"",
        lambda note: note.split(b"\n\n")[0],
        lambda note: note[:-1],
        lambda note: note.replace(b"20852163", b"020852163"),
        lambda note: note.replace(b"20852163", b"-1"),
        lambda note: note.replace(b"\n", b"\r\n"),
        lambda note: note.replace("—".encode(), b"-"),
        lambda note: note + b"\xff",
        lambda note: note.replace(base64.b64encode(ROOT), b"AAAA"),
    ],
    ids=[
        "nothing",
        "no signature",
        "no last line feed",
        "leading zero",
        "negative",
        "carriage returns",
        "a hyphen",
        "not UTF-8",
        "short root",
    ],
)
def test_a_note_of_another_form_is_refused(note, damage):
    with pytest.raises(CheckpointFormatError):
        verify(damage(note))


def test_an_origin_with_a_space_is_not_signed():
    with pytest.raises(ValueError, match="origin"):
        checkpoint.sign(origin="a b", size=1, root=ROOT, key=KEY)
