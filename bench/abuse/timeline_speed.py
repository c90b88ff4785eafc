"""How long the patterns take over 100,000 calls.

Usage: python bench/abuse/timeline_speed.py [EVENTS]
"""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evidence.abuse.patterns import find
from evidence.abuse.timeline import Timeline


def main(count: int) -> None:
    start = datetime.fromisoformat("2026-01-01T00:00:00+08:00")
    events = [
        {
            "id": f"e{number}",
            "type": "call",
            "at": (start + timedelta(minutes=7 * number)).isoformat(),
            "direction": "in",
            "counterparty": f"N{number % 40}",
            "answered": number % 3 == 0,
            "duration_s": 20 if number % 3 == 0 else 0,
            "recipient": "W1" if number % 11 == 0 else None,
        }
        for number in range(count)
    ]
    parties = {f"N{number}": {"role": f"line {number} of [公司]"} for number in range(40)}
    parties["W1"] = {"role": "witness: aunt"}
    raw = {"id": "speed", "parties": parties, "events": events}
    before = time.perf_counter()
    timeline = Timeline.from_json(raw)
    read = time.perf_counter()
    findings = find(timeline)
    done = time.perf_counter()
    print(
        f"{count} events: read {read - before:.2f} s, {len(findings)} findings {done - read:.2f} s"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
