"""complaints/bundle/case_uco.py: CASE and UCO that hold, and nothing beyond the manifest."""

from __future__ import annotations

import copy
import io
import json
import uuid
import warnings
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from case_utils.case_validate import validate

from complaints.bundle import case_uco, layout, xray
from complaints.bundle.folding import fold
from complaints.bundle.package_files import PackageFile
from complaints.bundle.withheld import Withheld
from complaints.composing import withheld
from evidence.integrity import event
from evidence.integrity.digest import sha256_hex
from evidence.integrity.times import write_time
from tests.complaints.bundle import copies, forge
from tests.forgeries import base

OUR_WORDS = {
    case_uco.EDITION, "sample", "Liuzheng", "packaged", "time-stamped", "self-issued", "outside",
    "withheld", "liuzheng/commitment", "SHA256", "SM3", case_uco.JSON, case_uco.TOKEN,
}  # fmt: skip
DERIVED = "case-investigation:wasDerivedFrom"


@cache
def redacted() -> forge.Files:
    content, _ = copies.redacted(copies.copied())
    return base.build(content)


def described(files: forge.Files) -> Any:
    return json.loads(files[layout.CASE_UCO])


def conforms(document: Any, folder: Path) -> bool:
    """What `case_validate` says; that SM3 is on no list of the ontology's is only told, not held.

    It holds a document against every shape of CASE and UCO, and knows terms that there are not.
    """
    path = folder / "case.jsonld"
    path.write_text(json.dumps(document), "utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of the terms that make it refuse, too
        return bool(validate(str(path), allow_infos=True).conforms)


def entries(value: Any, kind: str = "") -> Iterator[Any]:
    """Every described thing of a kind, however deep it stands."""
    if isinstance(value, list):
        for each in value:
            yield from entries(each, kind)
    elif isinstance(value, dict):
        if str(value.get("@type", "")).endswith(kind) and "@id" in value:
            yield value
        yield from entries(list(value.values()), kind)


def texts(value: Any) -> Iterator[str]:
    """Every text that is said of something: no name of a term, no id."""
    if isinstance(value, dict):
        for name, each in value.items():
            if name not in ("@id", "@type", "@context"):
                yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("files", [base.files, redacted], ids=["records", "redacted"])
def test_it_conforms_to_case_and_uco(files: Callable[[], forge.Files], tmp_path: Path) -> None:
    assert conforms(described(files()), tmp_path)


def _no_method(document: Any) -> None:
    del next(entries(document, "Hash"))["uco-types:hashMethod"]


def _performed_by_a_hash(document: Any) -> None:
    action = next(entries(document, "InvestigativeAction"))
    action["uco-action:performer"] = {"@id": next(entries(document, "Hash"))["@id"]}


def _unknown_term(document: Any) -> None:
    next(entries(document, "ProvenanceRecord"))["case-investigation:exhibit"] = "A-1"


@pytest.mark.parametrize("spoil", [_no_method, _performed_by_a_hash, _unknown_term])
def test_the_judge_refuses_what_does_not_conform(
    spoil: Callable[[Any], None], tmp_path: Path
) -> None:
    document = copy.deepcopy(described(base.files()))

    spoil(document)

    assert not conforms(document, tmp_path)


@pytest.mark.parametrize("files", [base.files, redacted], ids=["records", "redacted"])
def test_numbers_names_digests_and_sizes_are_those_of_the_manifests(
    files: Callable[[], forge.Files],
) -> None:
    made = files()
    graph = described(made)["@graph"]
    by_id = {entry["@id"]: entry for entry in graph}
    sm3 = {each["number"]: each["sm3"] for each in json.loads(made[layout.SM3])["exhibits"]}

    told = []
    for record in entries(graph, "ProvenanceRecord"):
        [about] = record["uco-core:object"]
        file, content = by_id[about["@id"]]["uco-core:hasFacet"]
        told.append(
            {
                "number": record["case-investigation:exhibitNumber"],
                "name": record["uco-core:name"],
                "form": record["uco-core:tag"],
                "path": file["uco-observable:filePath"],
                "size": {file["uco-observable:sizeInBytes"], content["uco-observable:sizeInBytes"]},
                "type": content["uco-observable:mimeType"],
                "hashes": {
                    each["uco-types:hashMethod"]: each["uco-types:hashValue"]["@value"]
                    for each in content["uco-observable:hash"]
                },
            }
        )

    assert told == [
        {
            "number": each["number"],
            "name": each["name"],
            "form": [each["form"]],
            "path": each["path"],
            "size": {each["size"]},
            "type": each["media_type"],
            "hashes": {"SHA256": each["sha256"], "SM3": sm3[each["number"]]},
        }
        for each in json.loads(made[layout.EXHIBITS])["exhibits"]
    ]


def test_every_custody_event_is_an_action_with_its_time_and_no_person() -> None:
    made = base.files()
    paths = [path for path in made if path.startswith("5_PROOF/custody/")]

    told = {
        action["uco-core:description"][0]: (
            action["uco-core:name"],
            action["uco-action:startTime"]["@value"],
        )
        for action in entries(described(made), "InvestigativeAction")
        if "uco-core:description" in action
    }

    known = {path: event.decode(made[path]) for path in paths}
    assert told == {path: (str(each.act), write_time(each.at)) for path, each in known.items()}


@pytest.mark.parametrize("files", [base.files, redacted], ids=["records", "redacted"])
def test_it_says_nothing_that_the_package_does_not_say_elsewhere(
    files: Callable[[], forge.Files],
) -> None:
    made = files()
    known = {*OUR_WORDS, *texts(json.loads(made[layout.EXHIBITS]))}
    known |= {*texts(json.loads(made[layout.SM3])), *made, *(path.split("/")[-1] for path in made)}
    known |= {sha256_hex(data) for data in made.values()}
    for path in (path for path in made if path.startswith("5_PROOF/custody/")):
        told = json.loads(made[path])
        known |= {told["act"], told["at"], told["actor"]["type"]}

    assert set(texts(described(made))) <= known


def test_what_an_exhibit_was_made_from_is_known_by_its_commitment_alone() -> None:
    document = described(redacted())
    [source] = [each for each in entries(document) if DERIVED in each]
    [parent] = entries(document, "ObservableObject")
    [reference] = parent["uco-core:externalReference"]

    assert source[DERIVED] == [{"@id": parent["@id"]}]
    assert parent.keys() == {"@id", "@type", "uco-core:externalReference", "uco-core:tag"}
    assert reference["uco-core:externalIdentifier"] == copies.COMMITMENT


def test_the_x_ray_finds_in_it_what_is_withheld() -> None:
    digest = sha256_hex(copies.ORIGINAL)
    made = redacted()[layout.CASE_UCO]
    leaky = made.replace(copies.COMMITMENT.encode(), digest.encode())

    def looked(data: bytes) -> set[str]:
        opened = partial(io.BytesIO, data)
        file = PackageFile(layout.CASE_UCO, sha256_hex(data), len(data), "x/x", opened)
        look = xray.Look(Withheld(digests=frozenset([digest])))
        return {leak.path for leak in look.leaks([file])}

    assert looked(made) == set()
    assert looked(leaky) == {layout.CASE_UCO, f"{layout.CASE_UCO}!hex"}


def test_the_same_content_gives_the_same_bytes() -> None:
    again = base.build(base.content())

    assert again[layout.CASE_UCO] == base.files()[layout.CASE_UCO]


def test_ids_are_names_of_version_5_for_one_thing_each_and_of_this_package_alone() -> None:
    ids = [each["@id"] for each in entries(described(base.files()))]
    defined = [each["@id"] for each in entries(described(base.files())) if "@type" in each]
    others = {each["@id"] for each in entries(described(redacted()))}

    assert all(uuid.UUID(each.removeprefix("kb:")).version == 5 for each in ids)
    assert len(set(defined)) == len(defined)
    assert set(ids) == set(defined)
    assert not others & set(ids)


def test_a_message_that_is_a_term_of_it_is_no_secret_of_the_x_ray() -> None:
    document = described(base.files())
    terms = {name for entry in entries(document) for name in (*entry, entry.get("@type", ""))}

    assert all(fold(word) in withheld._public() for word in terms | OUR_WORDS)


def test_it_names_no_address_but_those_of_the_terms() -> None:
    raw = base.files()[layout.CASE_UCO].decode()

    terms = [each for each in json.loads(raw)["@context"].values() if "://" in each]
    assert raw.count("://") == len(terms)
