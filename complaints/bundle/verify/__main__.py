"""`python -m complaints.bundle.verify PATH [--json] [--trust X] [--original FILE]`."""

from __future__ import annotations

import json
import os
import sys

CANNOT_CHECK = 2
MISSING = (
    "核验程序缺少组件，未能核对 / a component of the verifier is missing, nothing was checked: {}"
)

if hasattr(sys.stdout, "reconfigure"):
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")

try:
    from complaints.bundle.verify import command
except Exception as problem:  # noqa: BLE001 -- missing or half installed: no verdict either way
    what = MISSING.format(getattr(problem, "name", None) or type(problem).__name__)
    if "--json" in sys.argv:
        check = {
            "name": "container",
            "result": "unknown",
            "code": "component-missing",
            "what": what,
        }
        verdict = {"verdict": "cannot_check", "signer_known": False, "checks": [check]}
        print(json.dumps(verdict | {"not_proved": []}))
    else:
        print(what)
    sys.exit(CANNOT_CHECK)


def main() -> int:
    """Exit 0 complete and unchanged, 1 changed or incomplete, 2 could not be checked."""
    try:
        code = command.run(sys.argv[1:], sys.stdout)
        sys.stdout.flush()
    except Exception as problem:  # noqa: BLE001 -- a crash is a verdict of its own, never green
        return _crashed(problem)
    return code


def _crashed(problem: Exception) -> int:
    as_json = "--json" in sys.argv[1:]
    try:
        command.crashed(type(problem).__name__, sys.stdout, as_json=as_json)
        sys.stdout.flush()
    except Exception:  # noqa: BLE001 -- closed or full: what they saw is not the whole verdict
        # What is left in the buffer must not fail again, with a code of the interpreter's own.
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 -- till the end
    return CANNOT_CHECK


if __name__ == "__main__":
    sys.exit(main())
