"""The forgery corpus: each forgery gets its required verdict and reason, with and without trust."""

from __future__ import annotations

import pytest

from complaints.bundle.verify.trusted import Trusted
from tests.forgeries import base, corpus

ROWS = corpus.all_of_them()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_it_gets_its_verdict_and_reason_with_and_without_trust(row, tmp_path):
    bare, trusted = row.verdicts(tmp_path, Trusted(), base.trusted())

    assert str(bare.verdict) == row.bare, corpus.said(bare)
    assert not row.reason or row.reason in corpus.said(bare)
    assert not bare.signer_known
    assert str(trusted.verdict) == row.trusted, corpus.said(trusted)
    wanted = row.reason_trusted or row.reason
    assert not wanted or wanted in corpus.said(trusted)


def test_every_forgery_has_a_name_of_its_own():
    assert len({row.name for row in ROWS}) == len(ROWS)
