"""What the CASE description of a package costs to write.

usage: python bench/bundle/case_uco.py [EXHIBITS …=111 1000]

Makes so many invented exhibits of ten custody events each and writes `case.jsonld` over their
files: processor seconds, size, and by how much the process grew. Nothing is promised; time and
size must grow with the exhibits, not faster.
"""

from __future__ import annotations

import io
import resource
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from complaints.bundle import case_uco, layout, manifest, proof_files  # noqa: E402
from complaints.bundle.package_files import PackageFile  # noqa: E402
from evidence.integrity.digest import sha256_hex  # noqa: E402
from evidence.integrity.event import Act  # noqa: E402
from tests.complaints.bundle import make_package as make  # noqa: E402

EVENTS = 10


def files_of(count: int) -> dict[str, PackageFile]:
    """What a package of so many exhibits has before it is described."""
    whole = make.content()
    sample = whole.exhibits[2]
    exhibits = []
    for number in range(1, count + 1):
        item, sha256 = make.same_id(f"item {number}"), sha256_hex(b"%d" % number)
        acts = [(Act.OPENED, {"n": n}) for n in range(EVENTS - 1)]
        raws = make.chain(item, sha256, sample.size, *acts)
        told = {"number": f"B-{number}", "item": item, "sha256": sha256, "custody": raws}
        exhibits.append(replace(sample, sm3=sha256, **told))
    content = replace(whole, exhibits=tuple(exhibits))
    made = {path: data for path, (data, _) in proof_files.of(content).items()}
    made[layout.SM3] = manifest.write_sm3(content)
    made[layout.EXHIBITS] = manifest.write_exhibits(content, house=make.house().fingerprint)
    return {
        path: PackageFile(path, sha256_hex(data), len(data), "x/x", partial(io.BytesIO, data))
        for path, data in made.items()
    }


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def main() -> None:
    """Print a line for each number of exhibits."""
    for count in map(int, sys.argv[1:] or ("111", "1000")):
        files, before, start = files_of(count), peak_mb(), time.process_time()
        data = case_uco.of(files)
        spent, grown = time.process_time() - start, peak_mb() - before
        print(
            f"{count} exhibits: {spent:.2f} s of a processor, "
            f"{len(data) / 1e6:.2f} MB, {grown:.0f} MB more memory"
        )


if __name__ == "__main__":
    main()
