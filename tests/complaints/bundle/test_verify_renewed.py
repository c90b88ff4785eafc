"""A renewed stamp in a package: its text lies beside it, and the verifier reads both."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from complaints.bundle import layout, package
from complaints.bundle.exhibits import Exhibit, Token
from evidence.integrity import renewal, timestamp

from . import forge
from . import make_package as make


def renewed(exhibit: Exhibit, data: bytes) -> Exhibit:
    """The exhibit with one more token, over the text that names its first."""
    (first,) = exhibit.tokens
    digest = hashlib.sha256(data).hexdigest()
    text = renewal.write("sha256", {"sha256": digest}, [first.der])
    request = timestamp.build_request(renewal.imprint(text), 7)
    der = make.house().tsa().respond(request, at=make.BUNDLE_TIME)
    later = Token(
        der=der, source="embedded", gen_time=make.BUNDLE_TIME, self_issued=True, renewal=text
    )
    return replace(exhibit, tokens=(first, later))


def files() -> forge.Files:
    whole = make.content()
    first = whole.exhibits[0]
    with first.open() as opened:
        data = opened.read()
    content = replace(whole, exhibits=(renewed(first, data), *whole.exhibits[1:]))
    built = package.build(content, house=make.house(), fonts=make.fonts(), clock=make.clock)
    return forge.files_of(built)


def test_its_text_is_handed_over_and_the_package_holds():
    content = files()

    assert [path for path in content if path.endswith(layout.RENEWAL)]
    assert forge.verdict_of(content, trust=make.house().fingerprint).verdict == "unchanged"


def test_without_its_text_or_with_another_it_is_changed():
    content = files()
    (path,) = [path for path in content if path.endswith(layout.RENEWAL)]
    text = renewal.read(content[path])
    other = renewal.write("sha256", {"sha256": "0" * 64}, [b"x"])
    assert text.subject["sha256"] != "0" * 64

    verdict = forge.verdict_of(forge.resign(content | {path: other}, make.house()))

    assert verdict.verdict == "changed"
    assert path.removesuffix(layout.RENEWAL) in forge.blamed(verdict)
