"""The files themselves: flipped, extra, missing, renamed, swapped; sums and bags."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache, partial

from complaints.bundle import bag, layout
from tests.complaints.bundle import forge
from tests.forgeries import base
from tests.forgeries.corpus import CHANGED, INCOMPLETE, Forgery, forgery, sound
from tests.forgeries.handed import Handed, flip, zipped

SUMS_CHANGED = "sums/file-changed"
OTHER_REASONS = {
    layout.PACKAGE: "signatures/signature-wrong",
    layout.PACKAGE_SIGNATURE: "signatures/signature-wrong",
    layout.PACKAGE_TOKEN.format(n=1): "tokens/token-wrong",
    layout.SUMS: "sums/file-changed",
}


def rows() -> list[Forgery]:
    return [*_flipped(), *_taken_out(), *_added(), *_sums(), *_bags()]


def _flipped() -> list[Forgery]:
    found = []
    for path in sorted(base.files()):
        reason = OTHER_REASONS.get(path, "files/file-changed")
        name = f"flipped-{path.replace('/', '-')}"
        found.append(forgery(name, partial(_flip, path), CHANGED, reason))
    return found


def _flip(path: str) -> Handed:
    """In the middle; first and last bytes: tests/complaints/bundle/test_verify_forged.py."""
    made = base.files()
    return zipped({**made, path: flip(made[path], len(made[path]) // 2)})


def _taken_out() -> list[Forgery]:
    found = []
    for path in sorted(base.files()):
        if path == layout.PACKAGE:
            continue
        reason = {
            layout.SUMS: "sums/file-missing",
            layout.PACKAGE_SIGNATURE: "signatures/signature-missing",
            layout.PACKAGE_TOKEN.format(n=1): "tokens/file-missing",
        }.get(path, "files/file-missing")
        name = f"missing-{path.replace('/', '-')}"
        # Where signatures or sums then contradict each other, the graver word stands.
        graver = path == layout.TRUST
        verdict = "cannot_check" if graver else INCOMPLETE
        found.append(forgery(name, partial(_without, path), verdict, reason))
    for path, reason in (
        (layout.EXHIBITS, "manifests/file-missing"),
        (layout.COMPLAINT, "pdf/file-missing"),
        (layout.TRUST, "signer/file-missing"),
        (layout.TRUST, "signatures/no-keys"),
        (layout.TRUST, "pdf/no-keys"),
    ):
        verdict = "cannot_check" if path == layout.TRUST else INCOMPLETE
        name = f"missing-{path.split('/')[-1]}-{reason.replace('/', '-')}"
        found.append(forgery(name, partial(_without, path), verdict, reason))
    return found


def _without(path: str) -> Handed:
    made = base.files()
    del made[path]
    return zipped(forge.resum(made) if path != layout.SUMS else made)


def _added() -> list[Forgery]:
    def planted(path: str) -> Callable[[], Handed]:
        return lambda: zipped(forge.resum({**base.files(), path: b"planted"}))

    return [
        forgery("extra-file", planted("evil.txt"), CHANGED, "files/file-planted"),
        forgery("extra-exhibit", planted("3_EXHIBITS/B-9.jpg"), CHANGED, "files/file-planted"),
        forgery("extra-os-file", planted("3_EXHIBITS/.DS_Store"), CHANGED, "files/file-planted"),
        forgery(
            "extra-token", planted("5_PROOF/package.json.2.tsr"), CHANGED, "files/file-planted"
        ),
        forgery(
            "extra-folder",
            lambda: zipped(base.files(), folders=("THE LENDER PAID",)),
            CHANGED,
            "files/file-planted",
        ),
        forgery(
            "extra-folder-without-root",
            lambda: zipped(base.files(), root="", folders=("THE LENDER PAID",)),
            CHANGED,
            "files/file-planted",
        ),
        forgery("extra-folder-beside", _folder_beside, CHANGED, "files/file-planted"),
        sound("package-below-data", _below_data, base.HELD, base.OPEN),
        forgery("extra-beside", _beside, CHANGED, "files/file-planted"),
        forgery("renamed", _renamed, CHANGED, "files/file-planted"),
        forgery("renamed-old-name", _renamed, CHANGED, "files/file-missing"),
        forgery("swapped", _swapped, CHANGED, "files/file-changed"),
        forgery("checker-unsaid", _checker, CHANGED, "files/checker-unsaid"),
    ]


def _beside() -> Handed:
    made = {f"{forge.CASE}/{path}": data for path, data in base.files().items()}
    return zipped({**made, "beside.txt": b"x"}, root="")


def _folder_beside() -> Handed:
    made = {f"{forge.CASE}/{path}": data for path, data in base.files().items()}
    return zipped(made, root="", folders=("THE LENDER PAID",))


def _below_data() -> Handed:
    """No bag, though it lies in a folder of that name."""
    return zipped(base.files(), root="data/package/")


def _renamed() -> Handed:
    made = base.files()
    made["3_EXHIBITS/B-7.pdf"] = made.pop("3_EXHIBITS/A-1.pdf")
    return zipped(made)


def _swapped() -> Handed:
    made = base.files()
    a, b = "3_EXHIBITS/A-1.pdf", "3_EXHIBITS/B-1.json"
    made[a], made[b] = made[b], made[a]
    return zipped(made)


def _checker() -> Handed:
    return zipped(base.signed({layout.CHECKER: b"<p>all is well</p>"}))


def _sums() -> list[Forgery]:
    def lie() -> Handed:
        made = base.files()
        lines = made[layout.SUMS].splitlines(keepends=True)
        lines[0] = b"0" * 64 + lines[0][64:]
        return zipped({**made, layout.SUMS: b"".join(lines)})

    def lines(more: bytes, *, flipped: bool = False) -> Callable[[], Handed]:
        """A line more or, when none is given, the first one less."""

        def make_it() -> Handed:
            made = base.files()
            path = layout.PACKAGE_TOKEN.format(n=1)
            if flipped:
                made[path] = flip(made[path], 100)
            kept = made[layout.SUMS].splitlines(keepends=True)[0 if more else 1 :]
            return zipped({**made, layout.SUMS: b"".join(kept) + more})

        return make_it

    def stale() -> Handed:
        made = base.files()
        path = layout.PACKAGE_TOKEN.format(n=1)
        return zipped({**made, path: flip(made[path], 100)})

    return [
        forgery("sums-lie", lie, CHANGED, "sums/file-changed"),
        forgery("sums-of-no-file", lines(b"0" * 64 + b"  no-file\n"), CHANGED, "sums/sums-differ"),
        forgery("sums-with-a-remark", lines(b"# all is well\n"), CHANGED, "sums/file-changed"),
        forgery("sums-stale-and-remark", lines(b"# well\n", flipped=True), CHANGED, SUMS_CHANGED),
        forgery("sums-stale-and-short", lines(b"", flipped=True), CHANGED, SUMS_CHANGED),
        forgery("sums-of-what-nobody-lists", stale, CHANGED, "sums/sums-differ"),
    ]


@cache
def _bag() -> dict[str, bytes]:
    out = io.BytesIO()
    bag.write_bag(base.made(), out)
    return forge.zipped(out)


def _bags() -> list[Forgery]:
    def bagged(change: Callable[[dict[str, bytes]], None]) -> Callable[[], Handed]:
        def make_it() -> Handed:
            files = dict(_bag())
            change(files)
            return zipped(files, root="")

        return make_it

    root = f"{forge.CASE}_bag/"

    def without(files: dict[str, bytes]) -> None:
        del files[root + "manifest-sha256.txt"]

    def changed(files: dict[str, bytes]) -> None:
        files[root + "bag-info.txt"] += b"Contact-Name: somebody\n"

    def planted(files: dict[str, bytes]) -> None:
        files[root + "note.txt"] = b"x"

    def beside(files: dict[str, bytes]) -> None:
        files["bagit.txt"] = files[root + "bagit.txt"]

    return [
        forgery("bag-tag-beside", bagged(beside), CHANGED, "bag/file-planted"),
        sound("sound-bag", bagged(lambda files: None), base.HELD + " bag/bag", base.OPEN),
        forgery("bag-tag-missing", bagged(without), INCOMPLETE, "bag/file-missing"),
        forgery("bag-tag-changed", bagged(changed), CHANGED, "bag/file-changed"),
        forgery("bag-file-planted", bagged(planted), CHANGED, "bag/file-planted"),
    ]
