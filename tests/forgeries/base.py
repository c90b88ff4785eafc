"""One rich package, real from end to end, and how its files are changed and signed anew.

A-1 a document, B-1 one chosen record of an export that is withheld, B-2 a screenshot, B-3 a
recording; strangers stamped each item, and an earlier checkpoint of the log.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import serialization

from complaints.bundle import layout, package
from complaints.bundle.content import PackageContent
from complaints.bundle.exhibits import Exhibit, LogProof, OutsidePlace, Token
from complaints.bundle.withheld import Withheld
from evidence.integrity import merkle
from evidence.integrity.digest import canonical, sha256_hex
from evidence.integrity.house import House
from tests.complaints.bundle import chosen, forge, logged
from tests.complaints.bundle import make_package as make
from tests.complaints.bundle.forge import Files
from tests.complaints.bundle.stranger import Stranger

# What must be said of it with `--trust`, and what is not proved.
HELD = (
    "case/case container/container custody/custody files/files log/log log/log-consistent "
    "log/log-outside manifests/manifests pdf/pdf pdf/token-self receipts/receipts "
    "records/records-since redactions/redactions signatures/signature signer/signer-known "
    "sm3/sm3 sums/sums tokens/token-outside tokens/token-self"
)
OPEN = "before-arrival content log-time parent reading stamped two-views"


@cache
def stranger() -> Stranger:
    """The outside authority of this corpus."""
    return Stranger.make()


@cache
def quoted() -> Files:
    """A package with B-1 in the original, its first record shown beside it."""
    return build(chosen.case(chosen.with_records(chosen.read())))


@cache
def content() -> PackageContent:
    """What the package says."""
    records, withheld = chosen.chosen_records()
    [part] = [exhibit for exhibit in records.exhibits if exhibit.number == "B-1"]
    exhibits = tuple(
        part if exhibit.number == "B-1" else exhibit for exhibit in make.content().exhibits
    )
    stamped = tuple(
        replace(each, tokens=(*each.tokens, stranger().token(each.sha256))) for each in exhibits
    )
    return with_log(
        make.content(exhibits=stamped, withheld=Withheld(digests=frozenset([withheld])))
    )


def with_log(whole: PackageContent) -> PackageContent:
    """Every event of these exhibits in a log, the first exhibit's under a stamped checkpoint."""
    raws = [
        raw
        for exhibit in whole.exhibits
        for raw in (*exhibit.custody, *(exhibit.parent.events if exhibit.parent else ()))
    ]
    leaves = [merkle.leaf_hash(logged.event.leaf_data(raw)) for raw in raws]
    leaves.append(merkle.leaf_hash(b"another case's"))
    main, at = logged.note(leaves), make.clock()
    der = make.stamp(make.house(), sha256_hex(main), at).der
    first = whole.exhibits[0]
    size = len(first.custody)
    old = logged.note(leaves[:size])
    earlier = logged.EarlierCheckpoint(
        size=size,
        note=old,
        tokens=(stranger().token(sha256_hex(old)),),
        consistency=tuple(merkle.consistency_proof(leaves, size)),
    )
    place = OutsidePlace(
        number=first.number, size=size, entry=logged.entry(raws[0], leaves[:size], 0)
    )
    return replace(
        whole,
        log=LogProof(
            checkpoint=main,
            size=len(leaves),
            tokens=(Token(der=der, source="embedded", gen_time=at, self_issued=True),),
            entries=tuple(logged.entry(raw, leaves, n) for n, raw in enumerate(raws)),
            earlier=(earlier,),
            outside=(place,),
        ),
    )


def build(of: PackageContent, *, house: House | None = None) -> Files:
    """The files of a package with this content."""
    return forge.files_of(_made(of, house or make.house()))


def _made(of: PackageContent, house: House) -> package.Package:
    return package.build(of, house=house, fonts=make.fonts(), clock=make.clock)


@cache
def made() -> package.Package:
    """The sound package."""
    return _made(content(), make.house())


def of(number: str) -> Exhibit:
    """One exhibit of the package."""
    [found] = [each for each in content().exhibits if each.number == number]
    return found


def rebuilt(exhibit: Exhibit) -> Files:
    """The package with this exhibit in the place of the one of its number, in the log and all.

    Nothing is said to be withheld: the house's own look for it takes most of the time of a build,
    and is no part of what is checked here.
    """
    exhibits = tuple(exhibit if e.number == exhibit.number else e for e in content().exhibits)
    return build(with_log(replace(content(), exhibits=exhibits, withheld=Withheld())))


@cache
def _files() -> Files:
    return forge.files_of(made())


def files() -> Files:
    """The files of the sound package, to be changed at will."""
    return dict(_files())


def brought() -> tuple[str | bytes, ...]:
    """What a careful clerk brings: the printed fingerprint, and the stranger's root."""
    root = stranger().issuer.certificate.public_bytes(serialization.Encoding.PEM)
    return (make.house().fingerprint, root)


def signed(
    changed: Mapping[str, bytes | None], *, by: House | None = None, **members: Any
) -> Files:
    """These files exchanged, taken out (None) or added, then all listed and signed anew."""
    made = files()
    for path, data in changed.items():
        if data is None:
            made.pop(path)
        else:
            made[path] = data
    is_other = layout.CASE_UCO not in changed
    return forge.resign(made, by or make.house(), described=is_other, **members)


def edited(path: str, edit: Callable[[Any], None], **also: Any) -> Files:
    """One JSON file edited, then all signed anew by the house's own key."""
    value = copy.deepcopy(json.loads(files()[path]))
    edit(value)
    return signed({path: canonical(value), **also})


def exhibits(edit: Callable[[Any], None], **also: Any) -> Files:
    """The exhibit manifest edited and signed anew."""
    return edited(layout.EXHIBITS, edit, **also)


def exhibit(value: Any, number: str) -> Any:
    """One exhibit's entry in the manifest's JSON."""
    [found] = [entry for entry in value["exhibits"] if entry["number"] == number]
    return found
