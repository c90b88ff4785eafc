"""Against invented words: what cannot have been said is dropped, what is doubtful is marked.

Engines write words where nobody speaks. Nothing here makes a draft true: whatever is left waits
for a person who listens.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from .draft import Heard

# Why a segment is dropped; in words: `client-speech-dropped-<code>` of the catalogue.
NO_WORDS, OUTSIDE, IN_SILENCE = "no_words", "outside_recording", "in_silence"
NO_SPEECH, TOO_MANY_WORDS = "no_speech", "too_many_words"
DROPPED: Final = (NO_WORDS, OUTSIDE, IN_SILENCE, NO_SPEECH, TOO_MANY_WORDS)
# Why a segment is doubtful: `client-speech-doubt-<code>`.
STOCK_LINE, REPEATED, MOSTLY_SILENT = "stock_line", "repeated", "mostly_silent"
UNSURE, TOO_FAST, BEYOND_END = "unsure", "too_fast", "beyond_end"
DOUBTS: Final = (STOCK_LINE, REPEATED, MOSTLY_SILENT, UNSURE, TOO_FAST, BEYOND_END)

NO_SPEECH_ABOVE: Final = 0.6  # both are the thresholds of Whisper's own decoder
LOGPROB_BELOW: Final = -1.0
FAST_PER_S: Final = 12  # letters a second; hurried Mandarin has about seven
IMPOSSIBLE_PER_S: Final = 30
SILENT_SHARE: Final = 0.8
SLACK_S: Final = 0.1  # engines round their seconds
SAME_IN_A_ROW: Final = 3
# A phrase four times in a row, or one letter ten times.
_LOOP: Final = re.compile(r"(.{2,20}?)\1{3,}|(.)\2{9,}", re.S)


@dataclass(frozen=True, slots=True)
class Kept:
    """A segment that a person may listen to, and what speaks against it."""

    heard: Heard
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A segment that is not shown; its words are kept nowhere."""

    start_s: float
    end_s: float
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """All segments of one recording."""

    kept: tuple[Kept, ...]
    dropped: tuple[Dropped, ...]


def judge(
    heard: Iterable[Heard], *, duration_s: float, silences: Sequence[tuple[float, float]]
) -> Judged:
    """Sort out what an engine said of one recording.

    Args:
        heard: its segments.
        duration_s: decoded length of the recording.
        silences: the recording's silence map, pairs of seconds.
    """
    left, dropped = [], []
    for one in sorted(heard, key=lambda each: (each.start_s, each.end_s)):
        reason = _impossible(one, duration_s, silences)
        if reason:
            dropped.append(Dropped(one.start_s, one.end_s, reason))
        else:
            left.append(one)
    repeated = _repeated(left)
    kept = tuple(
        Kept(_within(one, duration_s), _doubts(one, duration_s, silences, at in repeated))
        for at, one in enumerate(left)
    )
    return Judged(kept, tuple(dropped))


def letters(text: str) -> str:
    """The text as it is compared: letters and digits only, NFKC, lower case."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return "".join(each for each in plain if each.isalnum())


@cache
def stock_lines() -> tuple[str, ...]:
    """Lines that engines are known to write over Chinese silence, as `letters`."""
    raw = resources.files("evidence.speech").joinpath("data/stock_lines.toml").read_text("utf-8")
    return tuple(letters(line) for line in tomllib.loads(raw)["lines"])


def _impossible(one: Heard, duration_s: float, silences: Sequence[tuple[float, float]]) -> str:
    """Why it cannot have been said; "" when it can."""
    count = len(letters(one.text))
    if not count:
        return NO_WORDS
    if one.start_s >= duration_s:
        return OUTSIDE
    within = _within(one, duration_s)
    if any(a - SLACK_S <= within.start_s and within.end_s <= b + SLACK_S for a, b in silences):
        return IN_SILENCE
    says_nothing = one.no_speech is not None and one.no_speech > NO_SPEECH_ABOVE
    if says_nothing and one.logprob is not None and one.logprob < LOGPROB_BELOW:
        return NO_SPEECH
    if _per_second(within, count) > IMPOSSIBLE_PER_S:
        return TOO_MANY_WORDS
    return ""


def _doubts(
    one: Heard, duration_s: float, silences: Sequence[tuple[float, float]], is_repeated: bool
) -> tuple[str, ...]:
    within, words = _within(one, duration_s), letters(one.text)
    found = {
        STOCK_LINE: any(line in words for line in stock_lines()),
        REPEATED: is_repeated or _LOOP.search(words) is not None,
        MOSTLY_SILENT: _silent_share(within, silences) >= SILENT_SHARE,
        UNSURE: (one.no_speech or 0.0) > NO_SPEECH_ABOVE or (one.logprob or 0.0) < LOGPROB_BELOW,
        TOO_FAST: _per_second(within, len(words)) > FAST_PER_S,
        BEYOND_END: one.end_s > duration_s + SLACK_S,
    }
    return tuple(code for code in DOUBTS if found[code])


def _within(one: Heard, duration_s: float) -> Heard:
    """The segment without the seconds that the recording does not have."""
    return Heard(one.start_s, min(one.end_s, duration_s), one.text, one.no_speech, one.logprob)


def _repeated(segments: Sequence[Heard]) -> frozenset[int]:
    """Places of segments in a run of the same words."""
    found: set[int] = set()
    run: list[int] = []
    for at, one in enumerate(segments):
        if run and letters(segments[run[-1]].text) != letters(one.text):
            run = []
        run.append(at)
        if len(run) >= SAME_IN_A_ROW:
            found.update(run)
    return frozenset(found)


def _silent_share(one: Heard, silences: Sequence[tuple[float, float]]) -> float:
    length = one.end_s - one.start_s
    if length <= 0:
        return 0.0
    silent = sum(max(0.0, min(b, one.end_s) - max(a, one.start_s)) for a, b in silences)
    return silent / length


def _per_second(one: Heard, count: int) -> float:
    return count / max(one.end_s - one.start_s, SLACK_S)
