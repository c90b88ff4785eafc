"""Records answers of time-stamping authorities into tests/recorded/tsa: `openssl ts` and our fake.

`python -m tests.recorded.record_tsa`. Run it again only to add a case: keys are thrown away, so
every file changes. Each answer is a file as it came over the wire; `index.json` says who made it,
at what time it is judged, and what must come of it
(`tests/evidence/integrity/test_recorded.py` holds them to that).
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from evidence.integrity import timestamp as ts
from evidence.integrity.certificates import certificate_pem
from tests.evidence.integrity import strangers
from tests.evidence.integrity.strangers import AT, NONCE, TIME_STAMPING
from tests.evidence.integrity.test_openssl_tsa import OpensslTsa
from tests.evidence.integrity.test_timestamp_hostile import indefinite, two_ids

FOLDER = Path(__file__).parent / "tsa"
SUBJECT = b"what was stamped"
DIGEST = hashlib.sha256(SUBJECT).digest()


def main() -> None:
    """Write every answer, the roots, and the index."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    index: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        _openssl(Path(folder), index)
    _fake(index)
    _http(index)
    text = json.dumps(index, indent=1, sort_keys=True)
    (FOLDER / "index.json").write_text(text + "\n", "utf-8")


def _keep(index: dict[str, Any], name: str, answer: bytes, **values: Any) -> None:
    (FOLDER / f"{name}.tsr").write_bytes(answer)
    index[name] = {"type": "application/timestamp-reply", "status": 200, "code": "", **values}


def _openssl(folder: Path, index: dict[str, Any]) -> None:
    """What `openssl ts -reply` writes: its certificates stand in the order of its files."""
    tsa = OpensslTsa(folder)
    (FOLDER / "openssl.pem").write_bytes(certificate_pem(tsa.root))
    told = {"by": "openssl", "roots": "openssl.pem", "asked_at": _text(datetime.now(UTC))}
    query = ts.build_request(DIGEST, NONCE)
    _keep(index, "openssl_sound", tsa.reply(query), **told)
    _keep(index, "openssl_old_id", tsa.reply(query, id_algorithm="sha1"), **told)
    _keep(index, "openssl_unsorted", tsa.reply(query, chain="yes"), **told)
    refused = tsa.reply(ts.build_request(bytes(64), NONCE))
    _keep(index, "openssl_refusal", refused, **told | {"code": "stamp_not_granted"})


def _fake(index: dict[str, Any]) -> None:
    """Our own stranger: one part wrong in each answer."""
    tsa = strangers.make_stranger()
    other = strangers.make_stranger()
    (FOLDER / "stranger.pem").write_bytes(certificate_pem(tsa.root))
    told = {"by": "fake", "roots": "stranger.pem", "asked_at": _text(AT)}
    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    short = tsa.with_leaf(begin=AT - minute, end=AT + minute)
    rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    cases = {
        "sound": (tsa.stamp(), ""),
        "sound_rsa": (tsa.with_leaf(key=rsa_key).stamp(), ""),
        "expired_but_valid_then": (short.stamp(), ""),
        "hour_off": (tsa.but(changes={"gen_time": AT + hour}).stamp(), "stamp_clock_differs"),
        "ber": (indefinite(tsa), "stamp_not_der"),
        "wrong_nonce": (tsa.stamp(nonce=NONCE + 1), "stamp_wrong_nonce"),
        "no_nonce": (tsa.stamp(nonce=None), "stamp_wrong_nonce"),
        "wrong_imprint": (tsa.stamp(bytes(32)), "stamp_wrong_imprint"),
        "wrong_policy": (tsa.but(changes={"policy": "1.2.3.4.2"}).stamp(), "stamp_wrong_policy"),
        "wrong_usage": (
            tsa.with_leaf(purposes=(ExtendedKeyUsageOID.CODE_SIGNING,)).stamp(),
            "stamp_wrong_usage",
        ),
        "usage_not_alone": (
            tsa.with_leaf(purposes=(*TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING)).stamp(),
            "stamp_wrong_usage",
        ),
        "expired_then": (
            tsa.with_leaf(end=AT - minute).stamp(),
            "stamp_certificate_not_valid_then",
        ),
        "not_yet_valid": (
            tsa.with_leaf(begin=AT + minute).stamp(),
            "stamp_certificate_not_valid_then",
        ),
        "chain_missing": (tsa.but(certificates=(tsa.leaf,)).stamp(), "stamp_chain_unknown"),
        "certificate_missing": (tsa.but(certificates=()).stamp(), "stamp_certificate_missing"),
        "id_of_another": (tsa.but(id_of=tsa.between).stamp(), "stamp_wrong_certificate_id"),
        "two_ids": (two_ids(tsa), "stamp_wrong_certificate_id"),
        "of_a_stranger": (other.stamp(), "stamp_chain_unknown"),
        "another_s_signature": (tsa.but(key=other.key).stamp(), "stamp_wrong_signature"),
    }
    for name, (answer, code) in cases.items():
        _keep(index, name, answer, **told, code=code)


def _http(index: dict[str, Any]) -> None:
    """Answers that are no time-stamps: their status or type says so, or their bytes do."""
    told = {"by": "fake", "roots": "stranger.pem", "asked_at": _text(AT)}
    page = b"<!doctype html><title>404 Not Found</title>"
    _keep(index, "absent", page, **told, status=404, type="text/html", code="http_404")
    _keep(index, "away", b"later", **told, status=503, type="text/plain", code="http_503")
    sound = (FOLDER / "sound.tsr").read_bytes()
    wrong = "application/octet-stream"
    _keep(index, "wrong_type", sound, **told, type=wrong, code="wrong_content_type")
    _keep(index, "page_as_reply", page, **told, code="stamp_unreadable")
    _keep(index, "empty", b"", **told, code="stamp_unreadable")


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


if __name__ == "__main__":
    main()
