"""RapidOCR, imported in half the time.

While it is imported it reads its list of models, 85 KB of YAML, once in each of two modules. Every
picture is read in a process of its own, so this was a sixth of what a picture takes.
"""

from __future__ import annotations

from functools import cache

from omegaconf import OmegaConf

_load = OmegaConf.load
OmegaConf.load = cache(_load)  # type: ignore[method-assign]
try:
    from rapidocr import RapidOCR
    from rapidocr.utils.output import RapidOCROutput
finally:
    OmegaConf.load = _load  # type: ignore[method-assign]

__all__ = ["RapidOCR", "RapidOCROutput"]
