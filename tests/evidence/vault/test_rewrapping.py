"""evidence/rewrapping.py: keys above keys are replaced; no byte in the vault is touched."""

from __future__ import annotations

import shutil
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection, models

from complaints.demo.files import recording_m4a
from evidence import custody, release, rewrapping
from evidence.custody import Act, Subject
from evidence.integrity import event as events
from evidence.models import Case, CaseKey, Derivative, EvidenceItem, Reading, Upload
from evidence.vault import keyring, keys, master_key
from evidence.vault.keys import KeyUnwrapError
from tests import make
from tests.evidence.uploads.sender import CONTENT, Sender
from tests.fakes.kms import Kms


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path, house) -> Path:
    """Key files of this test's own, to be replaced."""
    folder = tmp_path / "keys"
    shutil.copytree(settings.KEYS_DIR, folder)
    folder.chmod(0o700)
    settings.KEYS_DIR = folder
    return folder


@pytest.fixture
def item(case):
    """A recording with derivatives and a reading."""
    made = make.item(case, recording_m4a(), kind="call_recording")
    make.go_the_road()
    return made


def rotate(**options) -> str:
    out = StringIO()
    call_command("rotate_master_key", stdout=out, **options)
    return out.getvalue()


def in_the_vault(vault: Path) -> dict[str, tuple[bytes, int]]:
    files = [path for path in vault.rglob("*") if path.is_file()]
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def all_opens(item) -> None:
    assert make.plain_bytes(item) == recording_m4a()
    for derivative in Derivative.objects.filter(item=item):
        with release.open_derivative(derivative, actor=rewrapping.KEEPER) as file:
            assert file.read()


def rewrapped_events(subject: Subject, subject_id: object) -> list[dict]:
    rows = custody.log_of(subject, str(subject_id)).filter(act=Act.KEYS_REWRAPPED)
    return [dict(events.decode(bytes(row.raw)).facts) for row in rows]


# --- the master key -------------------------------------------------------------------------------


def test_rotation_touches_no_byte_in_the_vault_and_everything_opens(item, vault):
    before, name = in_the_vault(vault), keyring.master().name

    told = rotate()

    assert keyring.master().name != name
    assert in_the_vault(vault) == before
    assert "1 case keys are wrapped anew" in told
    all_opens(item)


def test_the_older_key_stays_and_the_command_says_when_nothing_needs_it(item, own_keys):
    name = keyring.master().name

    told = rotate()

    assert list(master_key.older_files(own_keys)) == [name]
    assert f"master_key.txt.old-{name} is needed by nothing" in told


def test_without_the_older_key_everything_opens_once_it_is_needed_by_nothing(item, own_keys):
    rotate()
    for file in master_key.older_files(own_keys).values():
        file.unlink()

    all_opens(item)


def test_rotation_leaves_its_events_on_the_house(item, house):
    rotate()

    [facts] = rewrapped_events(Subject.HOUSE, house.fingerprint)
    assert facts == {"keys": "cases", "count": 1}
    rotated = custody.log_of(Subject.HOUSE, house.fingerprint).get(act=Act.KEY_ROTATED)
    facts = events.decode(bytes(rotated.raw)).facts
    assert (facts["role"], facts["key"]) == ("master", keyring.master().name)


def test_a_rotation_killed_between_batches_goes_on_where_it_was(borrower, own_keys):
    items = [make.item(make.case(borrower), b"of case %d" % n) for n in range(5)]
    rewrapping.new_master_key()

    def die(done: int) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        rewrapping.rewrap_case_keys(batch=2, told=die)
    name = keyring.master().name
    assert sum(rewrapping.waiting().values()) == 3

    assert "3 case keys" in rotate(batch=2)
    assert keyring.master().name == name  # no third key: the rotation was finished, not begun anew
    assert [make.plain_bytes(each) for each in items] == [b"of case %d" % n for n in range(5)]


def test_a_new_key_that_was_only_laid_ready_is_the_one_that_is_taken(item, own_keys):
    name = master_key.prepare()  # and here the process was killed
    all_opens(item)

    rotate()

    assert keyring.master().name == name
    all_opens(item)


def test_a_kill_between_the_second_name_and_the_rename_loses_no_key(item, own_keys):
    name = master_key.prepare()
    older = own_keys / f"{keys.MASTER_KEY_FILE}.old-{keyring.master().name}"
    older.hardlink_to(own_keys / keys.MASTER_KEY_FILE)
    all_opens(item)

    rotate()

    assert keyring.master().name == name
    all_opens(item)


def test_a_case_whose_key_opens_with_no_master_key_is_named_and_the_others_go_on(borrower):
    lost, other = make.case(borrower), make.case(borrower)
    CaseKey.objects.filter(pk=lost.pk).update(wrapped=b"\x01" + bytes(80))

    with pytest.raises(CommandError, match=str(lost.pk)):
        rotate()

    assert CaseKey.objects.get(pk=other.pk).master_key_id == keyring.master().name
    assert list(rewrapping.waiting().values()) == [1]  # so the older key is not yet given up


def test_new_key_files_are_closed_to_others(item, own_keys):
    rotate()

    files = [path for path in own_keys.iterdir() if path.name.startswith(keys.MASTER_KEY_FILE)]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert len(files) == 2


def test_a_master_key_from_the_settings_is_replaced_by_the_settings(item, settings, own_keys):
    old = (own_keys / keys.MASTER_KEY_FILE).read_text()
    (own_keys / keys.MASTER_KEY_FILE).unlink()
    settings.MASTER_KEY = old
    all_opens(item)

    settings.MASTER_KEY, settings.MASTER_KEY_OLD = keys.new_key().hex(), [old]
    told = rotate()

    assert "1 case keys are wrapped anew" in told
    assert "MASTER_KEY_OLD is needed by nothing" in told
    settings.MASTER_KEY_OLD = []
    all_opens(item)


def test_a_kms_fits_behind_the_same_protocol(item, monkeypatch):
    """It has no bytes to show and no key id of ours: only a name, wrap and unwrap."""
    kms = Kms(others=keyring.master())
    monkeypatch.setattr(master_key, "current", lambda: kms)

    assert rewrapping.rewrap_case_keys().count == 1
    kms.rotate()
    assert rewrapping.rewrap_case_keys().count == 1
    made = make.item(make.case(item.case.borrower), b"of a new case")

    all_opens(item)
    assert make.plain_bytes(made) == b"of a new case"
    assert set(CaseKey.objects.values_list("master_key_id", flat=True)) == {kms.name}


# --- a case's key ---------------------------------------------------------------------------------


@pytest.fixture
def upload(borrower_browser, case) -> Upload:
    """One that is under way."""
    Sender(borrower_browser, case, body=CONTENT[:300_000])
    return Upload.objects.get()


def test_another_case_key_touches_no_byte_and_everything_opens(item, upload, vault):
    reading = Reading.objects.get(item=item)
    before, secret, root = in_the_vault(vault), keyring.reading_secret(reading), upload.wrapped_key
    old = bytes(CaseKey.objects.get().wrapped)

    call_command("rekey_case", str(item.case_id), stdout=StringIO())

    row = CaseKey.objects.get()
    assert (bytes(row.wrapped) != old, row.older) == (True, None)
    assert in_the_vault(vault) == before
    assert keyring.reading_secret(Reading.objects.get(item=item)) == secret
    assert bytes(Upload.objects.get().wrapped_key) != bytes(root)
    all_opens(item)


def test_an_upload_under_way_goes_on_under_the_new_key(borrower_browser, case):
    sender = Sender(borrower_browser, case, body=CONTENT[:300_000])

    rewrapping.rekey_case(case.pk)
    sender.patch(300_000, CONTENT[300_000:])

    assert make.plain_bytes(EvidenceItem.objects.get()) == CONTENT


def test_the_old_case_key_opens_nothing_any_more(item):
    old = keys.unwrap_case_key(
        keyring.master(), bytes(CaseKey.objects.get().wrapped), case_id=str(item.case_id)
    )

    rewrapping.rekey_case(item.case_id)

    item.key.refresh_from_db()
    ids = {"case_id": str(item.case_id), "object_id": str(item.pk)}
    with pytest.raises(KeyUnwrapError):
        keys.unwrap_data_key(old, bytes(item.key.wrapped), **ids)


def test_what_was_wrapped_anew_stands_in_the_case_s_log(item):
    counts = rewrapping.rekey_case(item.case_id)

    assert counts == {
        "items": 1,
        "derivatives": Derivative.objects.count(),
        "surveys": 0,
        "uploads": 0,
        "readings": 1,
    }
    assert rewrapped_events(Subject.CASE, item.case_id) == [{"keys": "data", **counts}]


@pytest.mark.parametrize("stop", range(3))
def test_a_change_of_key_killed_at_any_batch_goes_on(item, case, monkeypatch, stop):
    items = [item, *(make.item(case, b"more %d" % n) for n in range(3))]
    real, calls = keyring.rewrapped, []

    def dying(*args, **kwargs):
        calls.append(1)
        if len(calls) > stop:
            raise SystemExit
        return real(*args, **kwargs)

    monkeypatch.setattr(keyring, "rewrapped", dying)
    with pytest.raises(SystemExit):
        rewrapping.rekey_case(case.pk, batch=1)
    monkeypatch.setattr(keyring, "rewrapped", real)
    late = make.item(case, b"came in between")
    assert all(make.plain_bytes(each) for each in [*items, late])  # both keys serve meanwhile

    rewrapping.rekey_case(case.pk, batch=1)

    assert CaseKey.objects.get(pk=case.pk).older is None
    assert all(make.plain_bytes(each) for each in [*items, late])
    all_opens(item)


def test_everything_that_a_case_key_wraps_is_on_the_list():
    """A model that gets a wrapped key must be re-wrapped too, or a change of key loses it."""
    held = {
        (model._meta.model_name, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.BinaryField)
        and ("wrapped" in field.name or "secret" in field.name)
    }
    nothing = Case().pk

    listed = {
        (kind.rows(nothing).model._meta.model_name, kind.field) for kind in rewrapping.WRAPPED
    }

    assert held - {("casekey", "wrapped")} == listed


@pytest.mark.django_db(transaction=True)
def test_a_key_is_never_wrapped_outside_the_transaction_of_its_row(case):
    with pytest.raises(RuntimeError, match="transaction"):
        keyring.wrap(keys.new_key(), case_id=case.pk, object_id=case.pk)


@pytest.mark.django_db(transaction=True)
def test_a_change_of_key_waits_for_a_row_that_is_just_being_written(case, monkeypatch):
    """Else the row would come in late, wrapped by a key that is destroyed."""
    wrapped, go_on = threading.Event(), threading.Event()
    real = keyring.wrap

    def slow(*args, **kwargs):
        made = real(*args, **kwargs)
        wrapped.set()
        go_on.wait(30)
        return made

    monkeypatch.setattr(keyring, "wrap", slow)
    writer = threading.Thread(target=_in_thread, args=(lambda: make.item(case, b"just now"),))
    writer.start()
    assert wrapped.wait(30)
    changer = threading.Thread(target=_in_thread, args=(lambda: rewrapping.rekey_case(case.pk),))
    changer.start()
    changer.join(0.5)
    was_waiting = changer.is_alive()
    go_on.set()
    writer.join(30)
    changer.join(30)

    assert was_waiting
    assert CaseKey.objects.get().older is None
    assert make.plain_bytes(EvidenceItem.objects.get()) == b"just now"


def _in_thread(work) -> None:
    try:
        work()
    finally:
        connection.close()
