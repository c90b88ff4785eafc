"""A few mutants of the verifier; the long run is `python -m tests.forgeries.mutate`."""

from __future__ import annotations

import random

import pytest

from tests.forgeries import corpus, mutate
from tests.forgeries.mutants import MODULES, mutants_of

SEED, SAMPLE = 20261129, 8
HARMLESS = "container.read_whole: no raise UnreadableFileError(f'{name}: too large')"


@pytest.fixture(scope="module")
def mutants():
    return {each.name: each for module in MODULES for each in mutants_of(module)}


def test_the_corpus_tells_mutants_from_the_verifier_but_not_a_harmless_one(mutants, tmp_path):
    told = sorted(mutate.told().keys() & mutants.keys())
    chosen = random.Random(SEED).sample(told, SAMPLE)
    wanted = {mutate.told()[name] for name in chosen} | {"sound-zip"}
    rows = [row for row in corpus.all_of_them() if row.name in wanted]

    walked = mutate.walk(rows, tmp_path, 1)
    fates = list(mutate.run([mutants[name] for name in (*chosen, HARMLESS)], walked, 1))

    survivors = [fate.name for fate in fates if fate.end is mutate.End.SURVIVES]
    assert survivors == [HARMLESS]


def test_every_mutant_listed_as_equivalent_still_exists_and_has_a_reason(mutants):
    assert mutate.equivalent().keys() <= mutants.keys()
    assert all(mutate.equivalent().values())


def test_no_mutant_is_both_told_and_listed_as_equivalent():
    assert not mutate.told().keys() & mutate.equivalent().keys()
