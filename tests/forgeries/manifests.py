"""The two manifests, their signatures, and whose keys those are."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from complaints.bundle import layout
from evidence.integrity import signing
from evidence.integrity.digest import canonical
from evidence.integrity.house import House
from evidence.integrity.trust import Role, read_trust, write_trust
from tests.complaints.bundle import forge
from tests.complaints.bundle import make_package as make
from tests.complaints.bundle.forge import Files
from tests.forgeries import base
from tests.forgeries.corpus import CANNOT, CHANGED, UNCHANGED, Forgery, forgery
from tests.forgeries.handed import Handed, zipped


def rows() -> list[Forgery]:
    return [*_spelling(), *_contradictions(), *_signers()]


def _spelling() -> list[Forgery]:
    return [
        forgery(
            "package-reindented", _indented(layout.PACKAGE), CHANGED, "manifests/manifest-broken"
        ),
        forgery(
            "exhibits-reindented", _indented(layout.EXHIBITS), CHANGED, "manifests/manifest-broken"
        ),
        forgery("package-double-key", _double_key, CHANGED, "manifests/manifest-broken"),
        forgery("exhibits-edited", _edited_only, CHANGED, "signatures/signature-wrong"),
        forgery("package-later-version", _version(layout.PACKAGE), CANNOT, "manifests/version"),
        forgery("package-member-too-many", _member, CANNOT, "manifests/manifest-unreadable"),
        forgery("exhibits-emptied", _emptied, CHANGED, "manifests/manifest-broken"),
    ]


def _indented(path: str) -> Callable[[], Handed]:
    def make_it() -> Handed:
        made = base.files()
        value = json.loads(made[path])
        made[path] = json.dumps(value, indent=2, ensure_ascii=False).encode()
        return zipped(forge.resum(made))

    return make_it


def _double_key() -> Handed:
    made = base.files()
    made[layout.PACKAGE] = made[layout.PACKAGE].replace(b'{"', b'{"v":1,"', 1)
    return zipped(forge.resum(made))


def _edited_only() -> Handed:
    return zipped(forge.resum(forge.rewrite(base.files(), layout.EXHIBITS, case="LZ-OTHER")))


def _version(path: str) -> Callable[[], Handed]:
    return lambda: zipped(base.signed({}, v=2))


def _member() -> Handed:
    return zipped(base.signed({}, approved="yes"))


def _emptied() -> Handed:
    made = base.files()
    return zipped(forge.resum({**made, layout.EXHIBITS: b"{}"}))


def _contradictions() -> list[Forgery]:
    def without_exhibit(path: str) -> list[dict[str, Any]]:
        value = json.loads(base.files()[layout.PACKAGE])
        return [file for file in value["files"] if file["path"] != path]

    def twice() -> Handed:
        value = json.loads(base.signed({})[layout.PACKAGE])
        return zipped(base.signed({}, files=[*value["files"], value["files"][0]]))

    def unlisted(path: str) -> Callable[[], Handed]:
        return lambda: zipped(base.signed({}, files=without_exhibit(path)))

    manifest = "manifests/"
    return [
        forgery(
            "exhibits-of-another-package",
            lambda: zipped(base.signed({}, exhibits_sha256="0" * 64)),
            CHANGED,
            manifest + "exhibits-other",
        ),
        forgery(
            "manifests-differ",
            lambda: zipped(base.signed({}, case="LZ-SAMPLE-0002")),
            CHANGED,
            manifest + "manifests-differ",
        ),
        forgery(
            "exhibit-unlisted",
            unlisted("3_EXHIBITS/A-1.pdf"),
            CHANGED,
            manifest + "exhibit-unlisted",
        ),
        forgery(
            "proof-unlisted",
            unlisted("5_PROOF/custody/A-1/001.json"),
            CHANGED,
            manifest + "exhibit-unlisted",
        ),
        *(
            forgery(
                f"exhibit-of-another-{member}",
                partial(_exhibit, **{member: other}),
                CHANGED,
                manifest + "exhibit-unlisted",
            )
            for member, other in (("sha256", "0" * 64), ("size", 1))
        ),
        forgery("listed-twice", twice, CHANGED, manifest + "listed-twice"),
        forgery(
            "house-of-another-name",
            lambda: zipped(base.signed({}, house="0" * 64)),
            CHANGED,
            "signatures/house-other",
        ),
    ]


def _exhibit(**members: Any) -> Handed:
    """The exhibit manifest of other bytes than the list of files."""
    return zipped(base.exhibits(lambda value: base.exhibit(value, "A-1").update(members)))


def _signers() -> list[Forgery]:
    return [
        forgery(
            "re-signed-by-another-key",
            lambda: zipped(
                base.signed(
                    {"3_EXHIBITS/A-1.pdf": b"%PDF another contract"}, by=make.house("second")
                )
            ),
            CHANGED,
            "signatures/signature-wrong",
        ),
        forgery(
            "wholly-another-house",
            lambda: zipped(_another_house()),
            UNCHANGED,
            trusted=CHANGED,
            reason_trusted="signer/signer-foreign",
        ),
        forgery("trust-of-another-house", _other_trust, CHANGED, "signatures/house-other"),
        forgery("trust-broken", _broken_trust, CHANGED, "signer/trust-broken"),
        forgery("trust-later-version", _later_trust, CANNOT, "signer/version"),
        forgery("trust-with-an-rsa-key", _rsa_listed, UNCHANGED),
        forgery("key-retired-before", _retired, CHANGED, "signatures/key-not-in-use"),
        forgery(
            "key-retired-and-built-on-no-day",
            partial(_retired, built_at="2026-11-31T00:00:00.000000Z"),
            CHANGED,
            "manifests/manifest-unreadable",
        ),
        forgery(
            "signature-of-the-other-manifest",
            _other_signature,
            CHANGED,
            "signatures/signature-wrong",
        ),
        forgery("signature-without-domain", _no_domain, CHANGED, "signatures/signature-wrong"),
    ]


def _another_house() -> Files:
    other = make.house("second")
    return base.build(make.content(other), house=other)


def _other_trust() -> Handed:
    return zipped(base.signed({layout.TRUST: make.house("second").trust_json(at=make.BUNDLE_TIME)}))


def _broken_trust() -> Handed:
    raw = base.files()[layout.TRUST].replace(b"sample.invalid", b"sample.invalix")
    return zipped(base.signed({layout.TRUST: raw}))


def _later_trust() -> Handed:
    house = make.house()
    statement = signing.read_statement(base.files()[layout.TRUST])
    text = canonical(json.loads(statement.raw) | {"v": 2})
    signature = signing.sign(house.house_key, signing.Domain.TRUST, text)
    raw = signing.write_statement(text, signature, house.house_key.public_key())
    return zipped(base.signed({layout.TRUST: raw}))


def _rsa_listed() -> Handed:
    """A key of another kind among those that may sign manifests: it has signed nothing."""
    house, own = make.house(), read_trust(base.files()[layout.TRUST])
    [signer] = own.of(Role.PDF_SIGNER)
    entries = [*own.entries, replace(signer, role=Role.MANIFEST, certificate=None)]
    raw = write_trust(house.house_key, origin=own.origin, issued_at=own.issued_at, entries=entries)
    return zipped(base.signed({layout.TRUST: raw}))


def _retired(**members: Any) -> Handed:
    """The manifest key ended before the package says it was built; it signs all the same."""
    house = make.house()
    rotated: House = house.rotate(Role.MANIFEST, at=make.BUNDLE_TIME - timedelta(days=2))
    raw = rotated.trust_json(at=make.BUNDLE_TIME)
    made = forge.edit_exhibits(base.files(), lambda value: value.update(members))
    return zipped(forge.resign({**made, layout.TRUST: raw}, house, **members))


def _other_signature() -> Handed:
    made = base.files()
    made[layout.PACKAGE_SIGNATURE] = made[layout.EXHIBITS_SIGNATURE]
    return zipped(forge.resum(made))


def _no_domain() -> Handed:
    made = base.files()
    made[layout.PACKAGE_SIGNATURE] = make.house().manifest_key.sign(made[layout.PACKAGE])
    return zipped(forge.resum(made))
