"""The forgery corpus: each forgery gets its required verdict and reason, with and without trust."""

from __future__ import annotations

import pytest

from tests.forgeries import corpus

ROWS = corpus.all_of_them()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_it_gets_its_verdict_and_reason_with_and_without_trust(row, tmp_path):
    assert corpus.lay(row, tmp_path).wrong() == []


def test_every_forgery_has_a_name_of_its_own():
    assert len({row.name for row in ROWS}) == len(ROWS)
