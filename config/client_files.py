"""How long a browser may keep each file of the built client, and what its worker may do.

Kept apart from the views because WhiteNoise wants these functions among the settings.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping

# Vite writes a hash of the content into each name under /assets/.
_HASHED = re.compile(r"^/assets/.+-[\w-]{8,}\.\w+$")
# The one script that computes digests by WebAssembly. A worker obeys the policy of its own
# response, so compiling is allowed there and nowhere a page's script could reach it.
_DIGEST_WORKER = re.compile(r"^/assets/digestWorker-[\w-]+\.js$")
DIGEST_WORKER_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'"


def is_immutable(path: str, url: str) -> bool:
    """Tell whether a file's name carries the hash of its content, so that it never changes."""
    return _HASHED.match(url) is not None


def add_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Make a browser ask again for every file of the client whose name stays when it changes.

    The service worker is among them: an old one kept for a day would hold back a repair.
    """
    if not url.startswith("/static/") and not is_immutable(path, url):
        headers["Cache-Control"] = "no-cache"
    if _DIGEST_WORKER.match(url):
        headers["Content-Security-Policy"] = DIGEST_WORKER_POLICY
