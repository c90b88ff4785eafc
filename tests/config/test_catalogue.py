"""scripts/check_catalogue.py: it finds what is missing, doubled, unreadable or different."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import check_catalogue


@pytest.fixture
def house(monkeypatch, tmp_path) -> Path:
    """A small repository with one problem code, both languages complete."""
    monkeypatch.setattr(check_catalogue, "ROOT", tmp_path)
    monkeypatch.setattr(check_catalogue, "APPS", ("evidence",))
    monkeypatch.setattr(check_catalogue, "closed_lists", lambda: {"role-clerk": "a list"})
    monkeypatch.setattr(check_catalogue, "STATUS", {})
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence/errors.py").write_text('class LostError(Exception):\n    code = "lost"\n')
    for language in check_catalogue.LANGUAGES:
        (tmp_path / "locale" / language).mkdir(parents=True)
        text = "lost = Lost { $where }\nrole-clerk = Clerk\n"
        (tmp_path / "locale" / language / "evidence.ftl").write_text(text)
    return tmp_path


def english(house: Path, text: str) -> None:
    (house / "locale/en/evidence.ftl").write_text(text)


def test_a_complete_catalogue_has_no_fault(house):
    assert check_catalogue.find_faults() == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("lost = Lost { $where }\n", "`role-clerk` has no text in en"),
        ("lost = Lost\nrole-clerk = Clerk\n", "`lost` names other values in each language"),
        (
            "lost = Lost { $where }\nrole-clerk = Clerk\nextra = More\n",
            "`extra` has no text in zh-CN",
        ),
        (
            "lost = Lost { $where }\nrole-clerk = Clerk\nlost = Again { $where }\n",
            "locale/en/evidence.ftl: `lost` stands twice",
        ),
        (
            "lost = Lost { $where }\nrole-clerk = Clerk\nbroken = { $a\n",
            "locale/en/evidence.ftl: cannot be read at `broken = { $a`",
        ),
    ],
)
def test_a_difference_between_the_languages_is_found(house, text, fault):
    english(house, text)

    assert check_catalogue.find_faults() == [fault]


def test_a_problem_code_without_a_text_is_found(house):
    (house / "evidence/intake.py").write_text(
        'class TornError(Exception):\n    code: str = "torn"\n'
    )

    assert check_catalogue.find_faults() == ["`torn` has no text (evidence/intake.py:TornError)"]


def test_a_module_that_cannot_be_parsed_is_a_fault_and_no_crash(house):
    (house / "evidence/broken.py").write_text("def (:\n")

    assert check_catalogue.find_faults() == [
        "evidence/broken.py:1 is no Python of this version",
    ]
