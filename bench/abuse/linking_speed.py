"""How long the linking of numbers takes over a large case of the project's own messages.

Usage: python bench/abuse/linking_speed.py [messages] [numbers]
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evidence.abuse.linking import Message, link

HERE = Path(__file__).parent


def main(messages: int, numbers: int) -> None:
    """Print the seconds, and how much was found."""
    rows = (line.split("\t") for path in HERE.glob("*.tsv") for line in path.open(encoding="utf-8"))
    texts = sorted({row[2].strip() for row in rows if len(row) > 2})
    chance = random.Random(1)
    made = [
        Message(str(n), f"+86137{chance.randrange(numbers):08d}", chance.choice(texts))
        for n in range(messages)
    ]
    began = time.perf_counter()
    ties = link(made)
    seconds = time.perf_counter() - began
    grounds = sum(len(tie.grounds) for tie in ties.values())
    print(f"{messages} messages, {len(ties)} numbers: {seconds:.1f} s, {grounds} grounds")


if __name__ == "__main__":
    main(*(int(one) for one in (*sys.argv[1:], *("20000", "60")[len(sys.argv) - 1 :])))
