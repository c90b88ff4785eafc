"""evidence/media/rapid.py: the list of models is read once, and nothing stays changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
COUNT = """
from omegaconf import OmegaConf
whole, read = OmegaConf.load, []
OmegaConf.load = lambda path: read.append(str(path)) or whole(path)
mine = OmegaConf.load
import evidence.media.rapid
assert OmegaConf.load is mine
print(sum(path.endswith("default_models.yaml") for path in read))
"""


def test_the_list_of_models_is_read_once():
    told = subprocess.run(
        [sys.executable, "-c", COUNT], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "1"
