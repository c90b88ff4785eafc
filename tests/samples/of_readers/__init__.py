"""One small file for each reader: what the fuzzers damage (tests, `bench/readers/fuzz.py`).

Every module of this folder has a mapping `SAMPLES`: a name → the bytes of a file that the reader
reads. A reader without one fails `tests/evidence/readers/test_every_reader.py`, which says which
format or module is lacking. Keep a sample small: it is read hundreds of times.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules


def all_samples() -> dict[str, bytes]:
    """Every sample by `module/name`."""
    found: dict[str, bytes] = {}
    for module in sorted(each.name for each in iter_modules(__path__)):
        samples: Mapping[str, bytes] = import_module(f"{__name__}.{module}").SAMPLES
        found |= {f"{module}/{name}": raw for name, raw in samples.items()}
    return found
