"""`5_PROOF/case.jsonld`: what the exhibit manifest says, in the words of CASE and UCO.

docs/formats/case-uco.md. A pure function of files that package.json lists, so a verifier makes it
again and compares bytes. Plain dicts: one entry of the graph for each thing, in one fixed order.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from complaints.bundle import layout
from complaints.bundle.package_files import PackageFile
from evidence.integrity import event
from evidence.integrity.digest import canonical
from evidence.integrity.times import write_time

EDITION = "liuzheng/case/v1"
NAMESPACE = uuid.UUID("1f6c2a0e-8d37-4b59-a1c4-5e0b7d92f683")
CONTEXT = {
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "kb": "urn:uuid:",
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-role": "https://ontology.unifiedcyberontology.org/uco/role/",
    "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
JSON, TOKEN = "application/json", "application/timestamp-reply"
EMBEDDED = "embedded"  # as a token's source: the house's own authority

Entry = dict[str, Any]


class Listed(NamedTuple):
    """What package.json says of one file."""

    sha256: str  # 64 hex digits
    size: int  # bytes


def of(files: Mapping[str, PackageFile]) -> bytes:
    """The description of a package that has these files so far: all that it is made of.

    They were written a moment ago, and held against their shapes: that is not done once more.
    """

    def read(path: str) -> bytes:
        with files[path].open() as file:
            return file.read()

    return b"".join(
        write(
            json.loads(read(layout.EXHIBITS)),
            json.loads(read(layout.SM3)),
            {path: Listed(file.sha256, file.size) for path, file in files.items()},
            read,
        )
    )


def made_of(exhibits: Mapping[str, Any]) -> Iterator[str]:
    """The paths of all files, besides sm3.json, on which the description rests."""
    yield layout.EXHIBITS
    for exhibit in exhibits["exhibits"]:
        yield from exhibit["custody"]
        yield from exhibit["parent"]["events"] if exhibit["parent"] else ()
        yield from (token["path"] for token in exhibit["tokens"])
        if exhibit["receipt"]:
            yield exhibit["receipt"]["path"]


def write(
    exhibits: Mapping[str, Any],
    sm3: Mapping[str, Any] | None,
    listed: Mapping[str, Listed],
    read: Callable[[str], bytes],
) -> Iterator[bytes]:
    """RFC 8785 bytes of the JSON-LD document, in pieces: of a whole one there may be megabytes.

    Args:
        exhibits: exhibits.json, decoded and of its shape.
        sm3: sm3.json likewise, or None where the package has none.
        listed: at least the files that `made_of` names.
        read: the bytes of a custody event by its path.

    Raises:
        EvidenceError: a custody event that cannot be read.
    """
    digests = {entry["number"]: entry["sm3"] for entry in sm3["exhibits"]} if sm3 else {}
    graph = _Graph(exhibits, digests, listed, read)
    yield b'{"@context":' + canonical(CONTEXT) + b',"@graph":'
    for index, entry in enumerate(graph.entries()):
        yield (b"," if index else b"[") + canonical(entry)
    yield b"]}"


@dataclass
class _Graph:
    exhibits: Mapping[str, Any]
    sm3: Mapping[str, str | None]
    listed: Mapping[str, Listed]
    read: Callable[[str], bytes]

    def entries(self) -> Iterator[Entry]:
        """The package; its exhibits in their order; last who acted, as they came up."""
        self.actors: dict[str, Entry] = {}
        yield self._investigation()
        yield self._entry("house", "uco-identity:Organization", self.exhibits["house"])
        yield self._entry("tool", "uco-tool:Tool", "Liuzheng")
        yield self._file("manifest", layout.EXHIBITS, JSON)
        yield self._packaged()
        for exhibit in self.exhibits["exhibits"]:
            yield from self._exhibit(exhibit)
        yield from self.actors.values()

    def _investigation(self) -> Entry:
        made, numbers = self.exhibits, [each["number"] for each in self.exhibits["exhibits"]]
        return {
            **self._entry("investigation", "case-investigation:Investigation", made["case"]),
            "uco-core:createdBy": self._to("house"),
            "uco-core:object": [
                self._to("manifest"),
                self._to("packaged"),
                *(self._to(f"provenance/{number}") for number in numbers),
            ],
            "uco-core:objectCreatedTime": _time(made["built_at"]),
            "uco-core:tag": [EDITION, *(["sample"] if made["sample"] else [])],
        }

    def _packaged(self) -> Entry:
        numbers = [each["number"] for each in self.exhibits["exhibits"]]
        return {
            **self._action("packaged", "packaged", self.exhibits["built_at"], "house"),
            "uco-action:instrument": [self._to("tool")],
            "uco-action:object": [self._to(f"exhibit/{number}") for number in numbers],
            "uco-action:result": [
                self._to("manifest"),
                *(self._to(f"provenance/{number}") for number in numbers),
            ],
        }

    def _exhibit(self, exhibit: Mapping[str, Any]) -> Iterator[Entry]:
        number = exhibit["number"]
        name, parent = f"exhibit/{number}", exhibit["parent"]
        found = Listed(exhibit["sha256"], exhibit["size"])
        sm3 = self.sm3.get(number)
        file = self._file(name, exhibit["path"], exhibit["media_type"], found=found, sm3=sm3)
        if parent is not None:
            file["case-investigation:wasDerivedFrom"] = [self._to(f"parent/{number}")]
        yield file
        yield {
            **self._entry(
                f"provenance/{number}", "case-investigation:ProvenanceRecord", exhibit["name"]
            ),
            "case-investigation:exhibitNumber": number,
            "uco-core:object": [self._to(name)],
            "uco-core:tag": [exhibit["form"]],
        }
        gave = None
        if exhibit["receipt"] is not None:
            gave = f"receipt/{number}"
            yield self._file(gave, exhibit["receipt"]["path"], JSON)
        yield from self._events(f"event/{number}", exhibit["custody"], name, gave)
        if parent is not None:
            yield self._withheld(number, parent["commitment"])
            yield from self._events(f"parent-event/{number}", parent["events"], f"parent/{number}")
        for index, token in enumerate(exhibit["tokens"], 1):
            yield from self._stamp(f"{number}/{index}", token, name)

    def _events(
        self, prefix: str, paths: list[str], about: str, gave: str | None = None
    ) -> Iterator[Entry]:
        """The events of one chain, each tied to the one before it; `gave` came of the first."""
        for index, path in enumerate(paths, 1):
            told = event.decode(self.read(path))
            by = self._actor(f"role/{told.actor_type}", "uco-role:Role", str(told.actor_type))
            at = write_time(told.at)
            action = self._action(f"{prefix}/{index}", str(told.act), at, by)
            action["uco-action:instrument"] = [self._to("tool")]
            action["uco-action:object"] = [self._to(about)]
            action["uco-core:description"] = [path]
            if index > 1:
                action["case-investigation:wasInformedBy"] = [self._to(f"{prefix}/{index - 1}")]
            elif gave is not None:
                action["uco-action:result"] = [self._to(gave)]
            yield action

    def _withheld(self, number: str, commitment: str) -> Entry:
        """What an exhibit was made from: nothing is known of it but the commitment."""
        name = f"parent/{number}"
        return {
            **self._entry(name, "uco-observable:ObservableObject"),
            "uco-core:externalReference": [
                {
                    **self._entry(f"{name}/commitment", "uco-core:ExternalReference"),
                    "uco-core:definingContext": "liuzheng/commitment",
                    "uco-core:externalIdentifier": commitment,
                }
            ],
            "uco-core:tag": ["withheld"],
        }

    def _stamp(self, place: str, token: Mapping[str, Any], about: str) -> Iterator[Entry]:
        source = token["source"]
        by = "house"
        if source != EMBEDDED:
            by = self._actor(f"authority/{source}", "uco-identity:Organization", source)
        yield self._file(f"token/{place}", token["path"], TOKEN)
        yield {
            **self._action(f"stamp/{place}", "time-stamped", token["gen_time"], by),
            "uco-action:object": [self._to(about)],
            "uco-action:result": [self._to(f"token/{place}")],
            "uco-core:tag": ["self-issued" if token["self_issued"] else "outside"],
        }

    def _actor(self, name: str, kind: str, called: str) -> str:
        if name not in self.actors:
            self.actors[name] = self._entry(name, kind, called)
        return name

    def _action(self, name: str, act: str, at: str, by: str) -> Entry:
        return {
            **self._entry(name, "case-investigation:InvestigativeAction", act),
            "uco-action:endTime": _time(at),
            "uco-action:performer": self._to(by),
            "uco-action:startTime": _time(at),
        }

    def _file(
        self,
        name: str,
        path: str,
        media_type: str,
        *,
        found: Listed | None = None,
        sm3: str | None = None,
    ) -> Entry:
        sha256, size = found or self.listed[path]
        hashes = [self._hash(name, "SHA256", sha256)]
        if sm3 is not None:
            hashes.append(self._hash(name, "SM3", sm3))
        return {
            **self._entry(name, "uco-observable:File"),
            "uco-core:hasFacet": [
                {
                    **self._entry(f"{name}/file", "uco-observable:FileFacet"),
                    "uco-observable:fileName": path.rsplit("/", 1)[-1],
                    "uco-observable:filePath": path,
                    "uco-observable:sizeInBytes": size,
                },
                {
                    **self._entry(f"{name}/content", "uco-observable:ContentDataFacet"),
                    "uco-observable:hash": hashes,
                    "uco-observable:mimeType": media_type,
                    "uco-observable:sizeInBytes": size,
                },
            ],
        }

    def _hash(self, name: str, method: str, value: str) -> Entry:
        return {
            **self._entry(f"{name}/{method}", "uco-types:Hash"),
            "uco-types:hashMethod": method,
            "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": value},
        }

    def _entry(self, name: str, kind: str, called: str | None = None) -> Entry:
        """One thing of the graph, and what it is called where it has a name."""
        entry: Entry = {"@id": self._id(name), "@type": kind}
        return entry if called is None else entry | {"uco-core:name": called}

    def _to(self, name: str) -> Entry:
        return {"@id": self._id(name)}

    def _id(self, name: str) -> str:
        """The same for the same exhibits.json: other packages' things are never meant."""
        return f"kb:{uuid.uuid5(NAMESPACE, f'{self.listed[layout.EXHIBITS].sha256}/{name}')}"


def _time(at: str) -> Entry:
    return {"@type": "xsd:dateTime", "@value": at}
