"""A house in which comparing is switched on, with a key of this test's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evidence.integrity.house import House
from evidence.vault import matching_key


@pytest.fixture
def switched_on(settings: Any, tmp_path: Path, house: House) -> Path:
    """Comparing is on; the keys lie in a folder of this test's own. Returns the folder."""
    folder = tmp_path / "keys"
    folder.mkdir(mode=0o700)
    for file in settings.KEYS_DIR.iterdir():
        if file.is_file():
            (folder / file.name).touch(mode=0o600)
            (folder / file.name).write_bytes(file.read_bytes())
    settings.KEYS_DIR = folder
    settings.COLLECTOR_MATCHING = True
    matching_key.replace()
    return folder
