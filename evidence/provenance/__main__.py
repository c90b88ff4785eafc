"""`python -m evidence.provenance FILE`: what it says of its making, as JSON. Never proof.

Exit 0 looked, 2 wrong call.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from evidence.provenance import VERSION, Claim, look, state
from evidence.readers import sniff


def main(arguments: Sequence[str] | None = None) -> int:
    """Look at one file; its name and its date on this disk are the claims."""
    parser = argparse.ArgumentParser(prog="python -m evidence.provenance")
    parser.add_argument("file", type=Path)
    path: Path = parser.parse_args(arguments).file
    try:
        with path.open("rb") as file:
            modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            found = look(file, sniff(file))
    except OSError as error:
        print(f"cannot open the file: {error.strerror}", file=sys.stderr)
        return 2
    claim = Claim(received_at=datetime.now(UTC), file_name=path.name, modified_at=modified)
    told = state(claim, found).as_json(engine=VERSION)
    print(json.dumps(told, ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
