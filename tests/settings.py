"""The product's own settings on a scratch installation of this test process."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_var = Path(tempfile.mkdtemp(prefix="liuzheng-test-"))
atexit.register(shutil.rmtree, _var, ignore_errors=True)
for _name in ("vault", "uploads", "scratch", "queue", "cache", "keys"):
    (_var / _name).mkdir(mode=0o700)
_key = _var / "keys" / "secret_key"
_key.touch(mode=0o600)
_key.write_text("only-for-this-test-process-" + "k" * 40)
os.environ["VAR_DIR"] = str(_var)

from config.settings import *  # noqa: E402, F403

# A fast hash for the thousands of sign-ins of a suite; Argon2 stays for what is stored by name.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Scanning every package's static files costs more than most tests; those that serve files ask.
WHITENOISE_USE_FINDERS = False
WHITENOISE_ROOT = None
# A stand-in for the offline page: the built one is tried in tests/browser, nothing else needs it.
CHECK_PAGE = Path(__file__).parent / "samples" / "4_CHECK.html"
# A real file: SQLite in memory shares one cache between threads, in which locks do not wait.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": str(_var / "test.sqlite3")}  # noqa: F405
