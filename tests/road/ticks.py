"""Where a process can be killed: each line of ours that it runs and each deed that it does.

A deed is what others could see of it: a statement that writes, a COMMIT, a file written, flushed,
named, renamed or removed. Before and after each is a place of its own.
"""

from __future__ import annotations

import linecache
import os
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
OURS = tuple(f"{ROOT / room}{os.sep}" for room in ("accounts", "complaints", "config", "evidence"))
FILE_CALLS = ("fsync", "link", "mkdir", "rename", "replace", "truncate", "unlink")
LINE, DEED = "line", "deed"


@dataclass
class Ticks:
    """Counts the places of one act; at one of them it kills the process it is in.

    `die_at` is (kind, number from 0); None only counts. `tell` gets the last words, before the
    kill: what this place is and how many transactions were committed.
    """

    die_at: tuple[str, int] | None
    tell: Callable[[str], None]
    count: Counter[str] = field(default_factory=Counter)
    commits: int = 0

    def start(self) -> None:
        """From here on, in this thread and over this thread's connection."""
        for name in FILE_CALLS:
            setattr(os, name, self._around(f"os.{name}", getattr(os, name)))
        connection.ensure_connection()
        connection.execute_wrappers.append(self._statement)
        connection._commit = self._committing(connection._commit)  # type: ignore[method-assign]
        sys.settrace(self._call)

    def stop(self) -> None:
        """Count no more. What was wrapped stays so: the process ends soon."""
        sys.settrace(None)

    def here(self, kind: str, what: str) -> None:
        """One place. Possibly the last."""
        number = self.count[kind]
        self.count[kind] += 1
        if self.die_at == (kind, number):
            self.die(f"{kind} {number}: {what}")

    def die(self, what: str) -> None:
        """As a power cut: no handler, no cleaning up."""
        self.tell(f"{what}; {self.commits} transactions committed")
        os.kill(os.getpid(), signal.SIGKILL)

    def _call(self, frame: FrameType, event: str, arg: Any) -> Any:
        return self._line if frame.f_code.co_filename.startswith(OURS) else None

    def _line(self, frame: FrameType, event: str, arg: Any) -> Any:
        if event == "line":
            name = frame.f_code.co_filename
            text = linecache.getline(name, frame.f_lineno)
            kind = DEED if ".write(" in text else LINE
            self.here(kind, f"{Path(name).relative_to(ROOT)}:{frame.f_lineno}")
        return self._line

    def _statement(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        words = sql.split(maxsplit=3)
        kind = LINE if words[0] == "SELECT" else DEED
        what = " ".join(words[:3])
        self.here(kind, f"before {what}")
        done = execute(sql, params, many, context)
        alone = connection.get_autocommit() and not connection.in_atomic_block
        if kind == DEED and alone and words[0] != "BEGIN":
            self.commits += 1
        self.here(kind, f"after {what}")
        return done

    def _committing(self, commit: Callable[[], Any]) -> Callable[[], Any]:
        def both() -> Any:
            self.here(DEED, "before COMMIT")
            done = commit()
            self.commits += 1
            self.here(DEED, "after COMMIT")
            return done

        return both

    def _around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def both(*args: Any, **kwargs: Any) -> Any:
            self.here(DEED, f"before {name}")
            done = call(*args, **kwargs)
            self.here(DEED, f"after {name}")
            return done

        return both
