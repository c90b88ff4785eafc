"""complaints/bundle/verify/log.py: what a package says of the log, held against its proofs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from complaints.bundle import layout, package
from complaints.bundle.verify.checking import check_zip
from complaints.bundle.verify.trusted import Trusted
from complaints.bundle.verify.verdict import Verdict, Word
from evidence.integrity import merkle

from . import forge, logged
from . import make_package as make
from .logged import with_history, with_log
from .stranger import Stranger


@pytest.fixture(scope="module")
def stranger() -> Stranger:
    return Stranger.make()


def build(content) -> forge.Files:
    built = package.build(content, house=make.house(), fonts=make.fonts(), clock=make.clock)
    return forge.files_of(built)


def results(verdict: Verdict, result: str) -> list[str]:
    return [
        check.what for check in verdict.checks if check.name == "log" and check.result == result
    ]


def failed(verdict: Verdict) -> bool:
    return bool(results(verdict, "fail"))


def with_earlier(content, **values):
    [point] = content.log.earlier
    return replace(content, log=replace(content.log, earlier=(replace(point, **values),)))


def with_place(content, **values):
    [place] = content.log.outside
    return replace(content, log=replace(content.log, outside=(replace(place, **values),)))


def test_events_are_proved_to_stand_in_the_log():
    verdict = forge.verdict_of(build(with_log()))

    assert verdict.verdict == Word.UNCHANGED
    assert results(verdict, "pass")
    assert any("shown differently" in line for line in verdict.not_proved)


def test_a_checkpoint_of_another_house_s_log_is_changed():
    assert failed(forge.verdict_of(build(with_log(of="second"))))


def test_an_event_at_another_place_is_changed():
    whole = with_log()
    wrong = (replace(whole.log.entries[0], index=1), *whole.log.entries[1:])

    assert failed(forge.verdict_of(build(replace(whole, log=replace(whole.log, entries=wrong)))))


def test_an_event_that_is_handed_over_without_a_place_is_no_silent_pass():
    whole = with_log()
    fewer = replace(whole, log=replace(whole.log, entries=whole.log.entries[1:]))

    verdict = forge.verdict_of(build(fewer))

    assert verdict.verdict == Word.INCOMPLETE
    assert any("no place in the log" in what for what in results(verdict, "fail"))


def test_an_outside_time_is_said_of_the_exhibit_when_its_root_is_given(stranger):
    files = build(with_history(stranger))

    verdict = check_zip(forge.zip_of(files), Trusted(given=(stranger.issuer.certificate,)))

    assert verdict.verdict == Word.UNCHANGED
    said = " ".join(results(verdict, "pass"))
    assert "A-1 stood in the log when" in said
    assert "1 earlier checkpoints are the beginning of this log" in said


def test_without_its_root_no_outside_time_is_said(stranger):
    verdict = forge.verdict_of(build(with_history(stranger)))

    assert verdict.verdict == Word.UNCHANGED
    assert "stood in the log when" not in " ".join(results(verdict, "pass"))


def test_an_exhibit_that_no_stranger_stamped_yet_is_named(stranger):
    files = build(with_history(stranger))

    verdict = check_zip(forge.zip_of(files), Trusted(given=(stranger.issuer.certificate,)))

    later = [exhibit.number for exhibit in with_log().exhibits[1:]]
    assert later
    for number in later:
        assert any(
            line.endswith(f"{number}: no outside authority has stamped a log that holds it yet.")
            for line in verdict.not_proved
        )


def test_an_earlier_checkpoint_of_another_log_is_changed(stranger):
    content = with_history(stranger)
    [point] = content.log.earlier
    leaves = [merkle.leaf_hash(b"x"), *logged.leaves_of(content)[1 : point.size]]

    verdict = forge.verdict_of(build(with_earlier(content, note=logged.note(leaves))))

    assert failed(verdict)


def test_an_earlier_checkpoint_signed_by_another_house_is_changed(stranger):
    content = with_history(stranger)
    leaves = logged.leaves_of(content)[: content.log.earlier[0].size]

    forged = with_earlier(content, note=logged.note(leaves, of="second"))

    assert failed(forge.verdict_of(build(forged)))


def test_a_place_under_an_earlier_checkpoint_must_be_the_exhibit_s_first_event(stranger):
    content = with_history(stranger)
    first = content.exhibits[0]
    leaves = logged.leaves_of(content)[: content.log.earlier[0].size]

    forged = with_place(content, entry=logged.entry(first.custody[1], leaves, 1))

    assert failed(forge.verdict_of(build(forged)))


def test_a_place_for_an_exhibit_that_is_not_there_is_changed(stranger):
    assert failed(forge.verdict_of(build(with_place(with_history(stranger), number="Z-9"))))


def test_a_history_in_another_spelling_is_changed(stranger):
    files = dict(build(with_history(stranger)))
    files[layout.LOG_HISTORY] = files[layout.LOG_HISTORY].replace(b'"v":1', b'"v": 1')

    verdict = forge.verdict_of(files)

    assert verdict.verdict == Word.CHANGED
    assert failed(verdict)
