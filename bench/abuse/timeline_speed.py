"""How long the patterns take over 100,000 calls and messages.

Usage: python bench/abuse/timeline_speed.py [EVENTS]

Four of five events are calls, one is a message: half of those repeat twenty texts, half are unlike
any other in words (not in digits alone); codes and bank notices are among them. First the
suggestions are given, as stored ones are; then the tagger reads each text, which is its own cost
and is told apart.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from evidence.abuse.description import describe
from evidence.abuse.patterns import Tagger, find
from evidence.abuse.suggestion import Suggestion
from evidence.abuse.timeline import Event, Timeline

Done = TypeVar("Done")

LINES = 40
REPEATED = (
    "您的借款已逾期，请尽快还款。",
    "今天再不还钱，我找人上门。",
    "张某某欠款逾期不还，请您转告他尽快还款。",
    "【某某网】您的验证码是{n}，5分钟内有效。",
    "【某某银行】您尾号{n}的账户支出{n}元。",
    "不还款就爆你通讯录，挨个打过去。",
    "您的欠款{n}元已严重逾期，请立即处理。",
    "您好，请问是本人吗？方便时请回电。",
)
WORDS = "还款逾期账单今天明天处理联系客服本人单位家里电话短信平台协商分期金额银行贷款请尽快马上方便"


def events(count: int) -> list[dict[str, Any]]:
    """An invented timeline of so many events, one each seven minutes; the same each time."""
    dice = random.Random(20260301)
    start = datetime.fromisoformat("2026-01-01T00:00:00+08:00")
    made = []
    for number in range(count):
        event: dict[str, Any] = {
            "id": f"e{number}",
            "at": (start + timedelta(minutes=7 * number)).isoformat(),
            "direction": "in" if number % 17 else "out",
            "counterparty": f"N{number % LINES}",
            "recipient": "W1" if number % 11 == 0 else None,
        }
        if number % 5:
            taken = number % 3 == 0
            event |= {"type": "call", "answered": taken, "duration_s": 20 if taken else 0}
        elif number % 10:
            text = REPEATED[number // 5 % len(REPEATED)].format(n=number)
            event |= {"type": "message", "channel": "sms", "text": text}
        else:
            text = "".join(dice.choices(WORDS, k=30))
            event |= {"type": "message", "channel": "sms", "text": text}
        made.append(event)
    return made


def main(count: int) -> None:
    """Time reading, patterns and description with stored suggestions, then with the tagger."""
    parties = {f"N{number}": {"role": f"line {number} of [公司]"} for number in range(LINES - 2)}
    parties |= {"N38": {"role": "verification code sender"}, "N39": {"role": "unknown number"}}
    parties["W1"] = {"role": "witness: aunt"}
    raw = {"id": "speed", "parties": parties, "events": events(count)}
    timeline, read = timed(lambda: Timeline.from_json(raw))
    tagger = Tagger()
    texts = [event for event in timeline.events if event.text]
    kept, tagged = timed(lambda: {event.id: tagger(event, timeline) for event in texts})

    def stored(event: Event, _: Timeline) -> Sequence[Suggestion]:
        return kept.get(event.id, ())

    findings, found = timed(lambda: find(timeline, suggest=stored))
    _, described = timed(lambda: describe(timeline, suggest=stored))
    print(f"{count} events, {len(texts)} of them messages; seconds of clock (of processor):")
    print(f"  read {read}, all patterns with stored suggestions {found} ({len(findings)} findings)")
    print(f"  description {described}; the tagger over the texts, on top, {tagged}")


def timed(work: Callable[[], Done]) -> tuple[Done, str]:
    """What some work gives, and how long it took."""
    clock, processor = time.perf_counter(), time.process_time()
    done = work()
    return done, f"{time.perf_counter() - clock:.2f} ({time.process_time() - processor:.2f})"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
