"""Lets a child of the cell look through a package (`xray`), beside what the packager does.

Exhibits that are handed over whole are what strangers sent, PDFs and archives among them; they are
opened in a process that has no keys, no database and no network (docs/threats.md).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from complaints.bundle.errors import LookFailedError, WithheldShownError
from complaints.bundle.looking import ASK, COPY_BYTES, FILE, FOUND, TIMEOUT_S, WHOLE
from complaints.bundle.package_files import PackageFile
from complaints.bundle.withheld import Withheld
from evidence.cell import frames, parent

ROOT = Path(__file__).parents[2]
BOOT = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r}); "
    "from complaints.bundle.looking import child; child()"
)


class Lookout:
    """What the packager sees of it. Every file is looked through once, in the order they come."""

    def __init__(self, pipe: tuple[BinaryIO, BinaryIO] | None, beside: Executor) -> None:
        """`pipe` to the child and back; None where nothing is withheld. `beside`: one thread."""
        self._pipe = pipe
        self._beside = beside
        self._waiting: list[Future[None]] = []
        self._seen: set[tuple[str, str]] = set()
        self._is_past_whole = False

    def show(self, file: PackageFile) -> None:
        """An exhibit that is handed over whole; all of them come before anything else.

        What stands in them is not withheld because another exhibit leaves it out.
        """
        if self._pipe is not None:
            self._send(file)

    def look(self, files: Iterable[PackageFile]) -> None:
        """Hand over those files that are new; returns when the child has taken them."""
        if self._pipe is None:
            return
        self._end_whole()
        for file in files:
            if (file.path, file.sha256) not in self._seen:
                self._seen.add((file.path, file.sha256))
                self._send(file)

    def look_beside(self, files: Iterable[PackageFile]) -> None:
        """The same without waiting, of files that lie in memory; from then on only so."""
        self._waiting.append(self._beside.submit(self.look, list(files)))

    def require_clear(self) -> None:
        """Wait until all of it is looked through.

        Raises:
            WithheldShownError: something withheld stands in one of the files.
            LookFailedError: the child did not come to an end.
        """
        for each in self._waiting:
            each.result()
        if self._pipe is None:
            return
        self._end_whole()
        self._write(ASK)
        answer = frames.read(self._pipe[1])
        if answer is None or answer[0] != FOUND:
            raise LookFailedError
        for path, kind in json.loads(answer[1]):
            raise WithheldShownError(path=path, what=kind)

    def _end_whole(self) -> None:
        if not self._is_past_whole:
            self._is_past_whole = True
            self._write(WHOLE)

    def _send(self, file: PackageFile) -> None:
        head = {"path": file.path, "sha256": file.sha256, "size": file.size}
        self._write(FILE, json.dumps(head).encode())
        with file.open() as opened:
            sent = 0
            while chunk := opened.read(COPY_BYTES):
                self._put(chunk)
                sent += len(chunk)
        if sent != file.size:
            raise LookFailedError

    def _write(self, kind: bytes, payload: bytes = b"") -> None:
        with self._to_child() as pipe:
            frames.write(pipe, kind, payload)

    def _put(self, data: bytes) -> None:
        with self._to_child() as pipe:
            pipe.write(data)
            pipe.flush()

    @contextmanager
    def _to_child(self) -> Iterator[BinaryIO]:
        to_child, _ = cast(tuple[BinaryIO, BinaryIO], self._pipe)
        try:
            yield to_child
        except BrokenPipeError as cause:
            raise LookFailedError from cause


@contextmanager
def over(withheld: Withheld) -> Iterator[Lookout]:
    """A child that looks for what is withheld; none where nothing is."""
    with ExitStack() as stack:
        pipe = None
        if withheld:
            _, to_child, back = stack.enter_context(parent.child_of(BOOT, TIMEOUT_S))
            frames.write(to_child, frames.OPTIONS, json.dumps(_told(withheld)).encode())
            pipe = to_child, back
        # Left before the child is: what it hands over is taken, or the child is gone.
        yield Lookout(pipe, stack.enter_context(ThreadPoolExecutor(1)))


def _told(withheld: Withheld) -> dict[str, list[str]]:
    return {
        "digests": sorted(withheld.digests),
        "salts": sorted(salt.hex() for salt in withheld.salts),
        "names": sorted(withheld.names),
        "texts": sorted(withheld.texts),
        "ids": sorted(withheld.ids),
    }
