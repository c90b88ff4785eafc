"""Complete by construction: no way into, out of or through the vault leaves no event."""

from __future__ import annotations

import ast
import inspect
import io
import types
import typing
import uuid
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from django.db import transaction

from complaints.demo.files import recording_m4a
from evidence.custody import Actor, Subject
from evidence.integrity.digest import sha256_hex
from evidence.models import CustodyEvent, EvidenceItem
from evidence.vault import blobs, keys, shelf, store
from evidence.vault.store import Stored, Why
from tests import make

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("accounts", "complaints", "config", "evidence")
# What may come out of a look: nothing in which a plain byte could be.
HARMLESS = {str, int, bool, datetime, Iterator[str], tuple[str, int]}
# Who may name the storage itself: the vault, the probe of its own bytes, the maker of the bucket.
KNOW_THE_STORAGE = {
    "evidence/vault/blobs.py",
    "config/health.py",
    "config/management/commands/start.py",
}
GIVE_KEYS = {"item_key", "item_keys", "derivative_key", "derivative_keys", "upload_key"}
KNOW_KEYS = {
    "evidence/vault/store.py",
    "evidence/vault/keyring.py",
    "evidence/verification.py",  # hands the key to `shelf.digest`, which gives a digest
    "evidence/fixity.py",  # the same, for derivatives
    "evidence/uploads/receiving.py",  # of uploads under way: encrypts what arrives
}


@pytest.fixture
def item(case):
    """A recording that was read: it has derivatives."""
    made = make.item(case, recording_m4a(), kind="call_recording")
    make.go_the_road()
    return made


def public(module: types.ModuleType) -> dict[str, Callable]:
    """Every function of a module that others may call, whether it is in `__all__` or not."""
    return {
        name: each
        for name, each in vars(module).items()
        if inspect.isfunction(each)
        and not name.startswith("_")
        and each.__module__ in (module.__name__, __name__)
    }


def arguments(function: Callable, item: EvidenceItem) -> dict[str, object]:
    """Something to call it with, by the names of its parameters; an unknown name is an error."""
    content = b"bytes"
    part = blobs.incoming_path(f"{uuid.uuid4().hex}.part")
    part.write_bytes(b"sealed elsewhere")
    actor = Actor.system(f"walker_{function.__name__}")
    known = {
        "src": io.BytesIO(content),
        "part": part,
        "object_id": uuid.uuid4(),
        "data_key": keys.new_key(),
        "max_bytes": 100,
        "stored": Stored(shelf.name_of(uuid.uuid4()), sha256_hex(content), len(content)),
        "why": Why(Subject.UPLOAD, uuid.uuid4(), actor),
        "item": item,
        "items": [item],
        "derivative": item.derivatives.first(),
        "actor": actor,
        "name": item.vault_name,
    }
    wanted = inspect.signature(function).parameters.values()
    return {p.name: known[p.name] for p in wanted if p.default is inspect.Parameter.empty}


def silent(module: types.ModuleType, item: EvidenceItem) -> list[str]:
    """The functions of the vault that leave no event when they are called."""
    found = []
    # `discard` last: it takes the item's bytes away.
    for name, function in sorted(public(module).items(), key=lambda one: one[0] == "discard"):
        before = CustodyEvent.objects.count()
        function(**arguments(function, item))
        if CustodyEvent.objects.count() != before + 1:
            found.append(name)
    return found


def test_every_way_into_and_out_of_the_vault_leaves_one_event(item):
    assert sorted(public(store)) == sorted(set(store.__all__) - {"Openings", "Stored", "Why"})
    assert silent(store, item) == []


def test_every_way_of_opening_many_leaves_one_event(item):
    ways = sorted(name for name in vars(store.Openings) if not name.startswith("_"))

    assert ways == ["expect", "open_derivative", "open_item"]
    for name in ways:
        way = getattr(store.Openings(Actor.system(f"walker_{name}")), name)
        before = CustodyEvent.objects.count()
        way(**arguments(way, item))
        assert CustodyEvent.objects.count() == before + 1, name


def test_a_new_way_that_leaves_no_event_would_be_found(item):
    """The mutation: the same vault with one more function, as somebody might add it."""

    def peek(name: str) -> bytes:
        with blobs.open_sealed(name) as sealed:
            return sealed.read()

    mutant = types.ModuleType(store.__name__)
    vars(mutant).update(public(store), peek=peek)

    assert silent(mutant, item) == ["peek"]


def test_a_way_that_forgot_its_event_would_be_found(item, monkeypatch):
    """The mutation: each deed with its recording taken out."""
    monkeypatch.setattr(store, "_record", lambda *_: None)
    monkeypatch.setattr(store, "_record_opening", lambda *_: None)

    assert sorted(silent(store, item)) == sorted(public(store))


def test_a_way_with_unknown_parameters_cannot_slip_by(item):
    def lend(borrower_of_bytes: object) -> None:
        """Nobody taught the walk how to call it."""

    mutant = types.ModuleType(store.__name__)
    vars(mutant).update(lend=lend)

    with pytest.raises(KeyError, match="borrower_of_bytes"):
        silent(mutant, item)


def test_a_look_gives_out_names_numbers_and_times_only():
    given = {name: typing.get_type_hints(each)["return"] for name, each in public(shelf).items()}

    assert sorted(given) == sorted(shelf.__all__)
    assert {name: kind for name, kind in given.items() if kind not in HARMLESS} == {}


def test_nobody_but_the_vault_names_its_storage():
    users = {file for file, said in spoken().items() if said & {"storages", "default_storage"}}

    assert users - KNOW_THE_STORAGE - {"config/storages.py", "config/settings.py"} == set()


def test_the_keys_of_envelopes_go_to_nobody_else():
    users = {file for file, said in spoken().items() if said & GIVE_KEYS}

    assert users - KNOW_KEYS == set()


def test_a_deed_within_a_transaction_that_could_be_taken_back_is_refused(item):
    with transaction.atomic(), pytest.raises(RuntimeError, match="durable"):
        store.open_item(item, actor=Actor.system("somebody"))


def test_no_setting_turns_recording_off():
    """Nothing on the way from a deed to its row asks the settings, or whether we are debugging."""
    on_the_way = ["evidence/custody.py", "evidence/vault/store.py", "evidence/models/custody.py"]
    asked = {
        file for file, said in spoken().items() if file in on_the_way and said & {"settings", "env"}
    }

    assert asked == set()


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("name", ["DEBUG", "DEMO", "WORKER_SWEEPS"])
def test_a_switch_for_something_else_changes_nothing(item, settings, name, value):
    setattr(settings, name, value)

    assert silent(store, item) == []


@cache
def spoken() -> dict[str, set[str]]:
    """Every module of ours, and what it speaks of."""
    return {
        str(path.relative_to(ROOT)): names(ast.parse(path.read_text("utf-8")))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
    }


def names(tree: ast.Module) -> set[str]:
    """Every name and attribute that the source of a module speaks of, imports included."""
    spoken: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            spoken.add(node.id)
        elif isinstance(node, ast.Attribute):
            spoken.add(node.attr)
        elif isinstance(node, ast.alias):
            spoken.add(node.name.rpartition(".")[2])
    return spoken
