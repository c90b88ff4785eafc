"""`python -m complaints.bundle.verify PATH [--json] [--trust X] [--original FILE]`."""

from __future__ import annotations

import json
import os
import sys

CANNOT_CHECK = 2
MISSING = (
    "核验程序缺少组件，未能核对 / a component of the verifier is missing, nothing was checked: {}"
)

try:
    from complaints.bundle.verify import command
except ImportError as problem:
    what = MISSING.format(problem.name or "?")
    if "--json" in sys.argv:
        check = {"name": "container", "result": "unknown", "what": what}
        print(json.dumps({"verdict": "cannot_check", "checks": [check], "not_proved": []}))
    else:
        print(what)
    sys.exit(CANNOT_CHECK)


def main() -> int:
    """Exit 0 complete and unchanged, 1 changed or incomplete, 2 could not be checked."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    as_json = "--json" in sys.argv[1:]
    try:
        code = command.run(sys.argv[1:], sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:  # nobody reads on: what they saw is not the whole verdict
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CANNOT_CHECK
    except Exception as problem:  # noqa: BLE001 -- a crash is a verdict of its own, never green
        return command.crashed(type(problem).__name__, sys.stdout, as_json=as_json)
    return code


if __name__ == "__main__":
    sys.exit(main())
