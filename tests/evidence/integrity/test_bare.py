"""The pure rooms run where only cryptography, asn1crypto, rfc3161-client and rfc8785 are."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
# `_distutils_hack`: setuptools puts it into every interpreter of an environment that has it.
ALLOWED = {
    "cryptography",
    "asn1crypto",
    "rfc3161_client",
    "rfc8785",
    "cffi",
    "_cffi_backend",
    "_distutils_hack",
}
PROGRAM = """
import importlib, json, pathlib, sys
sys.path.insert(0, {root!r})
names = ["evidence.integrity." + each.stem for each in
         pathlib.Path({root!r}, "evidence/integrity").glob("[a-z]*.py")]
names += ["evidence.vault." + each for each in ("envelope", "keys")]
for name in names:
    importlib.import_module(name)
outside = {{name.partition(".")[0] for name, module in sys.modules.items()
           if "site-packages" in (getattr(module, "__file__", None) or "")}}
print(json.dumps([len(names), sorted(outside)]))
"""


def test_nothing_else_is_imported():
    run = subprocess.run(
        [sys.executable, "-I", "-c", PROGRAM.format(root=str(ROOT))],
        capture_output=True,
        text=True,
        check=True,
    )

    modules, outside = json.loads(run.stdout)

    assert modules > 15
    assert set(outside) <= ALLOWED
