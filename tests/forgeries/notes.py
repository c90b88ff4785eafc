"""What a woven verifier notes: which of its mutants would have behaved otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Notes:
    """Names of mutants; `met` and `weigh` are what `mutants.woven` calls."""

    names: set[str] = field(default_factory=set)

    def met(self, name: str) -> None:
        """A statement was reached that this mutant has not, or has otherwise."""
        self.names.add(name)

    def weigh(self, sound: Callable[[], Any], otherwise: Mapping[str, Callable[[], Any]]) -> Any:
        """The condition's own value; each mutant that would have got another one is noted."""
        try:
            value = sound()
        except Exception:
            self.names.update(otherwise)  # who knows what they would have come to
            raise
        for name, other in otherwise.items():
            if name not in self.names and _differs(value, other):
                self.names.add(name)
        return value


def _differs(value: Any, other: Callable[[], Any]) -> bool:
    try:
        return bool(other() != value)
    except Exception:  # noqa: BLE001 -- what the sound condition kept from being asked
        return True
