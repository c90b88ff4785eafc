"""Packages around a rotation: old ones hold, later ones hold, a retired key speaks no more."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import pytest

from complaints.bundle import layout, package
from evidence.integrity.house import House
from evidence.integrity.trust import Role

from . import forge
from . import make_package as make

ROTATED_AT = make.BUNDLE_TIME - timedelta(hours=1)  # after the items came, before the package


@cache
def rotated(role: Role) -> House:
    return make.house().rotate(role, at=ROTATED_AT)


def built_by(house: House, *, listed: House) -> forge.Files:
    """A package over items that the first house received and sealed."""
    content = make.content(trust=listed.trust_json(at=make.BUNDLE_TIME))
    made = package.build(content, house=house, fonts=make.fonts(), clock=make.clock)
    return forge.files_of(made)


@pytest.mark.parametrize("role", list(Role))
def test_a_package_of_before_holds_by_the_fingerprint_that_was_printed_then(role):
    verdict = forge.verdict_of(forge.files(), trust=rotated(role).fingerprint)

    assert verdict.verdict == "unchanged"


@pytest.mark.parametrize("role", list(Role))
def test_a_package_of_after_holds_with_receipts_and_stamps_of_before(role):
    house = rotated(role)

    verdict = forge.verdict_of(built_by(house, listed=house), trust=make.house().fingerprint)

    assert verdict.verdict == "unchanged"


def test_a_manifest_signed_by_a_retired_key_after_its_end_is_refused():
    files = built_by(make.house(), listed=rotated(Role.MANIFEST))

    verdict = forge.verdict_of(files, trust=make.house().fingerprint)

    assert verdict.verdict == "changed"
    assert {layout.EXHIBITS, layout.PACKAGE} <= forge.blamed(verdict)


def test_a_receipt_signed_by_a_retired_key_after_its_end_is_refused():
    """The log key ended before the items came; their receipts bear it nevertheless."""
    house = make.house().rotate(Role.LOG, at=make.BORN + timedelta(days=1))

    verdict = forge.verdict_of(built_by(house, listed=house), trust=house.fingerprint)

    assert verdict.verdict == "changed"
    assert any("receipt" in path for path in forge.blamed(verdict))
