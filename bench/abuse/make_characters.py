"""Extract single-character traditional-to-simplified pairs from OpenCC's dictionaries.

Usage: python bench/abuse/make_characters.py > evidence/abuse/data/characters.json
OpenCC (Apache-2.0) is needed here only; at run time the table is read.
"""

from __future__ import annotations

import json
from pathlib import Path

import opencc

FOLDER = Path(opencc.__file__).parent / "dictionary"
# Variants of Taiwan and Hong Kong come first so that a variant ends at the simplified form.
VARIANTS = ("TWVariants.txt", "HKVariants.txt")


def pairs(name: str) -> dict[str, str]:
    found = {}
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        old, new = line.split("\t")
        first = new.split(" ")[0]
        if len(old) == len(first) == 1 and old != first:
            found[old] = first
    return found


def is_simplified(character: str) -> bool:
    """GB 2312 holds the simplified standard set: what is in it must stay as it is."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def main() -> None:
    table = pairs("TSCharacters.txt")
    for name in VARIANTS:
        if not (FOLDER / name).exists():
            continue
        for standard, variant in pairs(name).items():
            table.setdefault(variant, table.get(standard, standard))
    table = {old: new for old, new in table.items() if old != new and not is_simplified(old)}
    print(json.dumps(table, ensure_ascii=False, indent=0, sort_keys=True))


if __name__ == "__main__":
    main()
