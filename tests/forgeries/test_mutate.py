"""A few mutants of the verifier; the long run is `python -m tests.forgeries.mutate`."""

from __future__ import annotations

import json

import pytest

from tests.forgeries import corpus, mutate
from tests.forgeries.mutants import MODULES, mutants_of

FORGERIES = ("sound-zip", "zip-appended", "name-with-nul")
FOUND = (
    "container._check_ends: no raise ContainerError('hidden')",
    "container._take: no raise ContainerError('name', name)",
)
HARMLESS = "container.read_whole: no raise UnreadableFileError(f'{name}: too large')"


@pytest.fixture
def mutants():
    return {each.name: each for module in MODULES for each in mutants_of(module)}


def test_the_corpus_tells_mutants_from_the_verifier_but_not_a_harmless_one(mutants, tmp_path):
    rows = [row for row in corpus.all_of_them() if row.name in FORGERIES]

    laid = mutate.lay(rows, tmp_path)
    survivors = mutate.run([mutants[name] for name in (*FOUND, HARMLESS)], laid, 1)

    assert survivors == [HARMLESS]


def test_every_mutant_listed_as_equivalent_still_exists_and_has_a_reason(mutants):
    listed = json.loads(mutate.EQUIVALENT.read_text(encoding="utf-8"))

    assert listed.keys() <= mutants.keys()
    assert all(listed.values())
