"""complaints/stages/packaging.py: a covered recording leaves as its copy, and as nothing more."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import av
import numpy as np
import pikepdf
import pytest

from accounts.models import User
from complaints.bundle import layout, xray
from complaints.bundle.package_files import PackageFile
from complaints.bundle.pdf_text import page_texts
from complaints.bundle.unwrapping import opened
from complaints.bundle.withheld import Withheld
from complaints.composing import small, withheld
from complaints.models import Complaint
from complaints.stages import packaging
from evidence import custody, release
from evidence.custody import Subject
from evidence.integrity.digest import sha256_hex
from evidence.media import encoding
from evidence.media.errors import UnplayableError
from evidence.models import Derivative
from tests import make
from tests.complaints import covering
from tests.complaints.covering import SPAN, covered, exhibit_of
from tests.samples.voices import alike, heard

from .packaged import built, require_kept_back

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("vault"),
    pytest.mark.chinese_font,
]

PER_MS = 44.1
BY_CHANCE = 0.15  # a second of one noise is so like the best place of ten seconds of another


@pytest.fixture
def complaint(borrower: User, settings: Any, tmp_path: Path) -> Complaint:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    begun = covering.call_complaint(borrower)
    covered(begun)
    return begun


def look(files: dict[str, bytes], secrets: Withheld) -> list[xray.Leak]:
    as_files = [
        PackageFile(path, sha256_hex(data), len(data), "", partial(io.BytesIO, data))
        for path, data in files.items()
    ]
    return list(xray.Look(secrets).leaks(as_files))


def every_sound(files: dict[str, bytes]) -> Iterator[tuple[str, np.ndarray]]:
    """All that can be played in the package, whatever it is wrapped in or called."""
    for path, data in files.items():
        for name, inner in [("", data), *opened(data)[1]]:
            try:
                yield f"{path}!{name}", heard(inner)
            except UnplayableError:
                continue


def loudest_trace(secret: np.ndarray, sound: np.ndarray) -> float:
    """How alike the secret is to the place of a sound that is most like it, wherever that is."""
    if len(sound) < len(secret):
        return 0.0
    size = 1 << (len(sound) + len(secret)).bit_length()
    meets = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(secret, size).conj(), size)
    energy = np.concatenate(([0.0], np.cumsum(sound**2)))
    windows = energy[len(secret) :] - energy[: -len(secret)]
    found = np.abs(meets[: len(windows)]) / np.sqrt(np.maximum(windows, 1e-9) * (secret**2).sum())
    return float(found.max())


def paper(files: dict[str, bytes]) -> str:
    with pikepdf.open(io.BytesIO(files["2_COMPLAINT.pdf"])) as pdf:
        told = "".join(text for _, text in page_texts(pdf.pages))
    return "".join(told.split())


def test_the_copy_is_all_that_the_package_holds(complaint: Complaint, borrower: User) -> None:
    row = exhibit_of(complaint)
    made = row.redaction
    assert made is not None
    assert made.item is not None
    secrets = withheld.of(complaint, [row])
    original = heard(make.plain_bytes(row.item))

    files = built(complaint, borrower)

    # 1. the bytes, the list, the index, the commitment
    exhibits = json.loads(files[layout.EXHIBITS])["exhibits"]
    entry = next(each for each in exhibits if each["number"] == row.code)
    assert (entry["form"], entry["sha256"], entry["item"]) == (
        "redacted",
        made.item.sha256,
        str(made.item.pk),
    )
    assert entry["path"].endswith(".m4a")
    assert files[entry["path"]] == make.plain_bytes(made.item)
    assert (entry["parent"]["commitment"], entry["parent"]["events"]) == (made.commitment, [])
    assert entry["origin"]["file_name"] == ""
    assert "1 处声音" in files[layout.INDEX].decode("utf-8-sig")

    # 2. no text, name, digest, salt or id of the original; and there is something to look for
    assert {covering.NAMED, covering.DRAFTED} <= secrets.texts
    assert not {covering.OPENING, covering.THREAT, covering.CLOSING} & secrets.texts
    assert covering.FILE_NAME in secrets.names
    playable = Derivative.objects.get(item=row.item, name=Derivative.Name.PLAYABLE)
    assert {row.item.sha256, playable.sha256} <= secrets.digests
    assert str(row.item_id) in secrets.ids
    assert look(files, secrets) == []
    assert look(files, Withheld(texts=frozenset([covering.THREAT])))

    # 3. no sample of it: neither in the copy nor in a clip, at whatever second
    first, last = (round(ms * PER_MS) for ms in SPAN)
    secret = original[first:last]
    assert loudest_trace(secret, original) > 0.99  # it would be found
    sounds = dict(every_sound(files))
    assert len([path for path in sounds if path.startswith("6_COPIES")]) >= 1
    assert f"{entry['path']}!" in sounds
    for path, sound in sounds.items():
        assert loudest_trace(secret, sound) < BY_CHANCE, path
    copy = sounds[f"{entry['path']}!"]
    margin = 1000
    assert alike(original[: first - margin], copy[: first - margin]) > 0.98
    assert alike(original[last + margin :], copy[last + margin : len(original)]) > 0.98


def test_the_paper_says_what_is_covered_and_what_the_digest_is_of(
    complaint: Complaint, borrower: User
) -> None:
    row = exhibit_of(complaint)
    made = row.redaction
    assert made is not None
    assert made.item is not None

    files = built(complaint, borrower)

    told = paper(files)
    assert "已遮盖1处" in told
    assert "00:00:02.3至00:00:03.4" in told
    assert "本件的摘要值是遮盖副本的，不是原录音的" in told
    assert "副本SHA-256" in told
    assert "原件SHA-256" not in told
    assert "不随遮盖副本列出" in told
    assert covering.THREAT in told
    assert covering.NAMED not in told
    [transcript] = [data for path, data in files.items() if path.endswith("_transcript.txt")]
    lines = transcript.decode("utf-8-sig").splitlines()
    assert lines[0].endswith(f"SHA-256 {made.item.sha256}")
    assert "另有 1 段触及遮盖处" in lines[1]
    assert lines[3:] == [
        f"[00:00:00] 对方：{covering.OPENING}",
        "[00:00:02] 已遮盖：（00:00:02.3 至 00:00:03.4 的声音已遮盖）",
        f"* [00:00:04] 对方：{covering.THREAT}",
        f"* [00:00:06] 对方：{covering.CLOSING}",
    ]


def test_a_clip_is_cut_from_the_copy_and_names_it(complaint: Complaint, borrower: User) -> None:
    made = exhibit_of(complaint).redaction
    assert made is not None
    assert made.item is not None

    files = built(complaint, borrower)

    copies = [path for path in files if path.startswith("6_COPIES/") and path.endswith(".m4a")]
    assert copies == [f"6_COPIES/{exhibit_of(complaint).code}_clip-2-10s.m4a"]
    with av.open(io.BytesIO(files[copies[0]])) as clip:
        assert clip.metadata["comment"] == f"seconds 2-10 of SHA-256 {made.item.sha256}"


def test_a_smaller_copy_is_made_of_the_covered_one(
    complaint: Complaint, borrower: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = exhibit_of(complaint)
    monkeypatch.setattr(small, "most_bytes", lambda agency: 60_000)
    first, last = (round(ms * PER_MS) for ms in SPAN)
    secret = heard(make.plain_bytes(row.item))[first:last]

    files = built(complaint, borrower)

    sound = heard(files[f"6_COPIES/{row.code}_small.m4a"])
    assert len(sound) > 13 * encoding.RATE
    assert loudest_trace(secret, sound) < BY_CHANCE


def test_a_passage_that_is_covered_has_no_clip(
    borrower: User, settings: Any, tmp_path: Path
) -> None:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    complaint = covering.call_complaint(borrower)
    covered(complaint, SPAN, [4500, 4600], [7000, 7200])

    files = built(complaint, borrower)

    assert not [path for path in files if "_clip-" in path]
    for words in (covering.NAMED, covering.THREAT, covering.CLOSING):
        assert look(files, Withheld(texts=frozenset([words]))) == []
    [transcript] = [data for path, data in files.items() if path.endswith("_transcript.txt")]
    assert "另有 3 段触及遮盖处" in transcript.decode("utf-8-sig")


@pytest.mark.parametrize("where", ["facts", "transcript", "playable"])
def test_a_package_with_a_leak_is_never_offered(
    complaint: Complaint, borrower: User, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    row = exhibit_of(complaint)
    composed = packaging.compose
    playable = Derivative.objects.get(item=row.item, name=Derivative.Name.PLAYABLE)

    def leaking(of: Complaint, making: Any, acts: Any) -> Any:
        from dataclasses import replace

        from complaints.bundle import exhibits as said

        made = composed(of, making, acts)
        if where == "facts":
            fact = replace(made.facts[0], words=f"他说{covering.NAMED}")
            return replace(made, facts=(fact, *made.facts[1:]))
        [exhibit] = [each for each in made.exhibits if each.number == row.code]
        if where == "transcript":
            line = said.TranscriptLine(seconds=2, speaker="对方", text=covering.NAMED)
            told = replace(exhibit.recording, transcript=(line,))
            exhibit = replace(exhibit, recording=told)
        else:
            given = said.Copy(
                name="playable",
                extension="m4a",
                media_type="audio/mp4",
                open=partial(release.open_derivative, playable, actor=making.actor),
            )
            exhibit = replace(exhibit, copies=(given,))
        others = (each for each in made.exhibits if each.number != row.code)
        return replace(made, exhibits=(exhibit, *others))

    monkeypatch.setattr(packaging, "compose", leaking)

    require_kept_back(complaint, borrower)


def test_nothing_of_the_parents_log_goes_along(complaint: Complaint, borrower: User) -> None:
    row = exhibit_of(complaint)
    events = [bytes(each.raw) for each in custody.log_of(Subject.ITEM, row.item_id)]

    files = built(complaint, borrower)

    assert events
    for raw in [*events, *(bytes(token.response) for token in row.item.tokens.all())]:
        assert raw not in files.values()
    assert bytes(row.item.receipt.raw) not in files.values()
