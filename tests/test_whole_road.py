"""The main job once from end to end, over HTTP: sign-up, evidence, complaint, package, review."""

from __future__ import annotations

import io
import random
import wave
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from complaints.demo import answers, files, story
from complaints.demo.walk import work_through
from evidence.custody import Act
from evidence.models import CustodyEvent
from evidence.vault import keyring
from tests.road.desk import Desk
from tests.road.phone import Phone, sha256
from tests.road.recipient import copy_of, failed, unpack, verify, verify_here

AGENCY = "PSB_STATION"
PIECE = 3 * 1024 * 1024 + 17  # no multiple of anything
FONTS = Path(__file__).resolve().parent.parent / "var" / "fonts"
MADE_HERE = "package"


@pytest.fixture
def fonts(settings: Any) -> Path:
    """The fonts that set-up laid down, unless the settings name a folder that is there."""
    if not settings.FONT_DIR.is_dir():
        settings.FONT_DIR = FONTS
    if not settings.FONT_DIR.is_dir():
        pytest.fail("no fonts: run `make set-up` (they come with the phone client)")
    return settings.FONT_DIR


def long_recording() -> bytes:
    """About 9 MiB of an invented call, too large for a form: a soft hum, uncompressed."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(44100)
        file.writeframes(bytes(range(0, 200, 2)) * 94_400)
    return out.getvalue()


def the_borrower_brings_everything(phone: Phone, fonts: Path) -> str:
    """Sign up, agree, open a case, send four files as forms and one in pieces; return the case."""
    phone.sign_up("xiaohe")
    refused = phone.call("POST", "/api/cases/", body={"title": "样例"}, expect=201)
    case = str(refused["id"])
    [first, *others] = list(files.all_files(fonts))
    told = {"kind": first.kind, "captured_at": story.EXPORTED_AT.isoformat()}
    assert phone.send(case, first.name, first.content, expect=403)["code"] == "consent_missing"
    phone.agree()
    for sample in (first, *others):
        source = "own_call" if sample.kind == "call_recording" else "received"
        said = {**told, "kind": sample.kind, "source": source}
        receipt = phone.send(case, sample.name, sample.content, **said)
        assert (receipt["sha256"], receipt["claimed"]) == (sha256(sample.content), True)
    again = phone.send(case, first.name, first.content, **told)
    assert again["duplicate_of"] == again["item"]

    recording = long_recording()
    at = story.RECORDING_AT + timedelta(hours=1)
    name = f"{story.THIRD}({story.THIRD})_{at:%Y%m%d%H%M%S}.wav"
    said = {"kind": "call_recording", "source": "own_call"}
    assert phone.send(case, name, recording, expect=413, **said)["code"] == "use_resumable_upload"
    receipt = phone.send_in_pieces(case, name, recording, piece=PIECE, **said)
    assert receipt["sha256"] == sha256(recording)
    content = phone.get(f"/api/items/{receipt['item']}/content/")
    assert sha256(content) == sha256(recording)
    return case


def the_borrower_chooses_what_is_kept(phone: Phone, case: str) -> None:
    """Two exports hold several people: nothing of them is read before the borrower has chosen."""
    items = phone.get(f"/api/cases/{case}/items/")["results"]
    waiting = [item for item in items if item["state"]["waits_for_choice"]]
    assert len(waiting) == 2
    assert all(item["state"]["read"] is False for item in waiting)
    for item in waiting:
        path = f"/api/items/{item['id']}/choice/"
        offered = phone.get(path)
        assert offered["state"] == "waiting"
        assert len(offered["survey"]["conversations"]) > 1
        made = phone.call("PUT", path, body={"everything": True}, expect=200)
        assert (made["state"], made["survey"]) == ("made", None)


def the_worker_has_read_everything(phone: Phone, case: str) -> None:
    items = phone.get(f"/api/cases/{case}/items/")["results"]
    assert len(items) == 5
    for item in items:
        assert item["state"] == {
            "received": True,
            "sealed": True,
            "read": True,
            "tagged": True,
            "waits_for_choice": False,
        }
        assert item["seal"]["is_self_issued"] is True
        checked = phone.get(f"/api/items/{item['id']}/verify/")
        assert checked["verdict"] == "unchanged", checked


def the_borrower_names_the_numbers(phone: Phone, case: str) -> None:
    roles = {
        story.COLLECTOR: "collector",
        story.SECOND: "collector",
        story.THIRD: "collector",
        story.AUNT: "witness",
        story.BANK: "not_collection",
    }
    listed = {row["number"] for row in phone.get(f"/api/cases/{case}/numbers/")}
    for number, role in roles.items():
        [known] = [one for one in listed if one.endswith(number)]
        body = {"role": role, "how_known": "样例", "lender": story.LENDER}
        told = phone.call("PUT", f"/api/cases/{case}/numbers/{known}/", body=body, expect=200)
        assert told["role"] == role


def the_borrower_decides(phone: Phone, case: str) -> set[str]:
    """Reject the last suggestion, confirm all others; return the kinds that were confirmed."""
    tags = [tag for record in phone.timeline(case) for tag in record["tags"]]
    *confirmed, rejected = tags
    assert confirmed
    body = {"decision": "rejected", "reason": "样例"}
    phone.call("POST", f"/api/tags/{rejected['id']}/decision/", body=body, expect=201)
    body = [{"tag": tag["id"], "decision": "confirmed"} for tag in confirmed]
    made = phone.call("POST", f"/api/cases/{case}/decisions/", body=body, expect=201)
    assert made["decided"] == len(confirmed)
    for name in ("heat_strip", "calls_per_day", "numbers_by_days", "contact_map"):
        assert b"<svg" in phone.get(f"/api/cases/{case}/pictures/{name}.svg")
    assert phone.get(f"/api/cases/{case}/findings/")
    return {tag["kind"] for tag in confirmed}


def the_borrower_finishes_a_complaint(phone: Phone, case: str, kinds: set[str]) -> str:
    routing = phone.get(f"/api/cases/{case}/routing/", lender_type=answers.LENDER_TYPE)
    assert AGENCY in [one["agency"] for one in routing["addressees"]]
    assert set(routing["kinds"]) <= kinds
    body = {"agency": AGENCY, "lender_type": answers.LENDER_TYPE}
    begun = phone.call("POST", f"/api/cases/{case}/complaints/", body=body, expect=201)
    path = f"/api/complaints/{begun['id']}/"
    blocked = phone.call("POST", f"{path}finish/", expect=409)
    assert blocked["code"] == "preflight_blocks"
    assert phone.get(f"{path}preflight/")["blocks"] is True
    told = answers.BY_AGENCY[AGENCY]
    for step in phone.get(f"{path}interview/")["steps"]:
        asked = {one["id"] for one in step["questions"]}
        said = {field: value for field, value in told.items() if field in asked}
        phone.call("PATCH", path, body={"answers": said}, expect=200)
    assert phone.get(f"{path}preflight/")["blocks"] is False
    finished = phone.call("POST", f"{path}finish/", expect=200)
    assert finished["state"] == "finished"
    assert finished["exhibits"]
    return str(begun["id"])


def a_package_is_made(phone: Phone, complaint: str) -> dict[str, Any]:
    asked = phone.call("POST", f"/api/complaints/{complaint}/package/", expect=202)
    assert asked["state"] == "building"
    early = phone.call("GET", f"/api/packages/{asked['id']}/download/", expect=409)
    assert early["code"] == "package_not_offered"
    work_through()
    made = phone.get(f"/api/packages/{asked['id']}/")
    assert (made["state"], made["verdict"]) == ("offered", "unchanged"), made
    return dict(made)


def the_recipient_finds_every_forgery(folder: Path, scratch: Path) -> None:
    """One byte flipped in every file in turn; a file planted; the manifests taken away."""
    chance = random.Random(20261123)
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder).as_posix()
        forged = copy_of(folder, scratch) / name
        content = bytearray(forged.read_bytes())
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        forged.write_bytes(content)
        code, verdict = verify_here(forged.parents[name.count("/")])
        assert (code, verdict["verdict"]) == (1, "changed"), f"{name}: {verdict}"
        assert name in failed(verdict), f"{name} is not named: {failed(verdict)}"

    # The last of them once more, by the command in an interpreter of its own.
    code, verdict = verify(forged.parents[name.count("/")])
    assert (code, verdict["verdict"]) == (1, "changed")
    assert name in failed(verdict)

    planted = copy_of(folder, scratch)
    (planted / "3_EXHIBITS" / "B-9.txt").write_text("planted")
    code, verdict = verify(planted)
    assert code == 1
    assert "3_EXHIBITS/B-9.txt" in failed(verdict)

    bare = copy_of(folder, scratch)
    for manifest in ("exhibits.json", "package.json"):
        (bare / "5_PROOF" / manifest).unlink()
    assert verify(bare)[0] == 2


def a_verifier_that_cannot_check_says_so(archive: Path, scratch: Path) -> None:
    garbage = scratch.with_name("garbage.zip")
    garbage.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 9)
    code, verdict = verify(garbage)
    assert (code, verdict["verdict"]) == (2, "cannot_check")

    broken = scratch.with_name("broken")
    (broken / "asn1crypto").mkdir(parents=True)
    (broken / "asn1crypto" / "__init__.py").write_text("raise RuntimeError('half installed')")
    code, verdict = verify(archive, PYTHONPATH=str(broken))
    assert (code, verdict["verdict"]) == (2, "cannot_check")


def staff_review_it(case: str, complaint: str) -> None:
    """Nothing is seen before the second factor; two people approve."""
    reviewer, approver = Desk("reviewer", "shenhe"), Desk("approver", "fuhe")
    for desk in (reviewer, approver):
        assert desk.browser.get(f"/console/cases/{case}/").status_code == 302
        desk.enrol()
        assert case in desk.page("/console/queue/")
    reviewer.post(f"/console/cases/{case}/claim/")
    for desk in (reviewer, approver):
        assert desk.open_exhibits(case, complaint)
        desk.approve(case, complaint)


def the_log_tells_of_every_step() -> None:
    told = set(CustodyEvent.objects.values_list("act", flat=True))
    assert told >= {
        Act.CONSENTED, Act.CASE_BEGUN, Act.UPLOAD_BEGUN, Act.STORED, Act.RECEIVED,
        Act.RECEIVED_AGAIN, Act.SEALED, Act.SELECTED, Act.READ, Act.DERIVED, Act.TAGGED,
        Act.OPENED, Act.DECIDED,
        Act.DRAFTED, Act.EXHIBITED, Act.PACKAGED, Act.RELEASED, Act.CASE_OPENED, Act.CASE_VIEWED,
        Act.CASE_ASSIGNED, Act.REVIEWED, Act.APPROVED,
    }  # fmt: skip


@pytest.mark.django_db
def test_a_borrower_and_the_staff_walk_the_whole_road(vault, fonts, tmp_path):
    phone, stranger = Phone(), Phone()
    case = the_borrower_brings_everything(phone, fonts)
    work_through()
    the_borrower_chooses_what_is_kept(phone, case)
    work_through()
    the_worker_has_read_everything(phone, case)
    the_borrower_names_the_numbers(phone, case)
    work_through()
    kinds = the_borrower_decides(phone, case)
    work_through()
    complaint = the_borrower_finishes_a_complaint(phone, case, kinds)

    alone = a_package_is_made(phone, complaint)
    content = phone.get(f"/api/packages/{alone['id']}/download/")
    archive = tmp_path / "package.zip"
    archive.write_bytes(content)
    fingerprint = keyring.house().fingerprint
    code, verdict = verify(archive, "--trust", fingerprint)
    assert (code, verdict["verdict"]) == (0, "unchanged"), verdict
    assert alone["sha256"] == sha256(content)
    bag = tmp_path / "bag.zip"
    bag.write_bytes(phone.get(f"/api/packages/{alone['id']}/bag/"))
    assert verify(bag, "--trust", fingerprint)[0] == 0
    folder = unpack(content, tmp_path / "folder")
    the_recipient_finds_every_forgery(folder, tmp_path / "forged")
    a_verifier_that_cannot_check_says_so(archive, tmp_path / "x")
    stranger.sign_up("bieren")
    stranger.call("GET", f"/api/packages/{alone['id']}/download/", expect=404)

    phone.call("POST", f"/api/cases/{case}/open-review/", expect=200)
    staff_review_it(case, complaint)
    assert phone.get(f"/api/complaints/{complaint}/")["state"] == "approved"
    reviewed = a_package_is_made(phone, complaint)
    again = unpack(phone.get(f"/api/packages/{reviewed['id']}/download/"), tmp_path / "reviewed")
    assert verify(again, "--trust", fingerprint)[0] == 0
    said = (again / "5_PROOF" / "package.json").read_text() + (
        again / "5_PROOF" / "exhibits.json"
    ).read_text()
    assert '"reviewed"' in said
    assert '"reviewed"' not in (folder / "5_PROOF" / "exhibits.json").read_text()
    the_log_tells_of_every_step()
