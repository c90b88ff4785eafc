"""The child: takes away its own rights, then parses or redacts. Run by `cell.parent`."""

from __future__ import annotations

import io
import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from evidence.cell import attempts, confinement, frames
from evidence.errors import EvidenceError

ASK_BYTES = 1 << 18  # at a time: one segment of the vault
CREDENTIALS_CPU_S = 20  # of processor time, for the statement inside the file
OPEN_FILES = 128  # libraries and models are opened while they load


def main() -> None:
    """Parse what the parent offers on standard input; answer on what was standard output."""
    back = os.fdopen(os.dup(0), "rb")
    out = os.fdopen(os.dup(1), "wb")
    silence()
    first = frames.read(back)
    if first is None or first[0] != frames.OPTIONS:
        return
    options = json.loads(first[1])
    restrict(memory=options["memory_bytes"], cpu_s=options["cpu_s"])
    held = confinement.confine(model_files(options))
    frames.write(out, frames.HELD, json.dumps(held).encode())
    if "attempts" in options:
        frames.write(out, frames.SUMMARY, json.dumps(attempts.all_of(options["attempts"])).encode())
        return
    file = frames.AskedFile(options["size"], out=out, back=back)
    works = {
        "hear": hear,
        "redact": redact,
        "check_cover": check_cover,
        "shrink": shrink,
        "excerpt": show,
        "extract": extract,
    }
    work = next((works[word] for word in works if word in options), parse)
    try:
        work(io.BufferedReader(file, ASK_BYTES), options, out)
    except EvidenceError as problem:  # a reader's own word for it
        frames.write(out, frames.PROBLEM, problem.code.encode("ascii"))
    except (MemoryError, RecursionError):
        frames.write(out, frames.PROBLEM, b"reading_over_limit")


def model_files(options: dict[str, Any]) -> list[Path]:
    """The files of an engine of speech, which lie where the operator laid them."""
    sherpa = options.get("hear", {}).get("sherpa") or {}
    return [Path(sherpa[name]) for name in ("model", "tokens") if name in sherpa]


def silence() -> None:
    """Point the standard streams nowhere: libraries print what they find, and that is content."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


def restrict(*, memory: int, cpu_s: int) -> None:
    """Bound address space, processor time, files written and open files; no core dump."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: cpu_s,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for which, most in limits.items():
        try:
            resource.setrlimit(which, (most, most))
        except (ValueError, OSError):
            # macOS knows no limit of the address space; the parent's clock still ends the child.
            if which != resource.RLIMIT_AS or sys.platform != "darwin":
                raise


def parse(file: BinaryIO, options: dict[str, Any], out: BinaryIO) -> None:
    """Send the format, what the file says of its making, records, derivatives, the summary.

    Where nobody has chosen yet and there is something to choose from, only that is sent.
    """
    # Loaded under the limits: a parser's own start is bounded too.
    from evidence import provenance, readers  # noqa: PLC0415
    from evidence.readers.magic import PICTURES, RECORDINGS  # noqa: PLC0415

    told = options["choice"]
    choice = None if told is None else readers.choice_of(told)
    chosen = readers.Options(tz=options["tz"], ocr=options["ocr"], choice=choice)
    reading = readers.read(file, name=options["name"], options=chosen)
    engine = {
        "format": reading.format,
        "reader": reading.reader,
        "reader_version": reading.reader_version,
    }
    frames.write(out, frames.FORMAT, json.dumps(engine).encode())
    if options["survey"] and reading.format not in PICTURES | RECORDINGS:
        is_asked = options["survey"] == "only"
        if offer_choice(readers.read(file, name=options["name"], options=chosen), out, is_asked):
            frames.write(out, frames.SUMMARY, b"{}")
            return
    looked = provenance.look(file, reading.format)
    frames.write(out, frames.LOOKED, json.dumps(looked.as_json()).encode())
    try:
        for record, is_chosen in reading.judged():
            kind = frames.RECORD if is_chosen else frames.LEFT_OUT
            frames.write(out, kind, json.dumps(record.as_json()).encode())
    except EvidenceError as problem:
        frames.write(out, frames.PROBLEM, problem.code.encode("ascii"))
    else:
        if reading.format in PICTURES:
            say_hash(file, out)
        for head, content in derived(file, makers_of(reading.format)):
            frames.write(out, frames.DERIVED, head + b"\n" + content)
    frames.write(out, frames.SUMMARY, json.dumps(reading.summary.as_json()).encode())
    say_credentials(file, reading.format, out)


def say_hash(file: BinaryIO, out: BinaryIO) -> None:
    """Send the perceptual hash of a picture that was read; one that has none stays without."""
    from evidence.media import image  # noqa: PLC0415 - only for a picture
    from evidence.media.hashing import hash_of  # noqa: PLC0415

    file.seek(0)
    try:
        made = hash_of(image.upright_rgb(file))
    except EvidenceError:
        return
    frames.write(out, frames.HASHED, made.rows.to_bytes(4, "big") + made.cells)


def say_credentials(file: BinaryIO, format_id: str, out: BinaryIO) -> None:
    """Send what a signed statement inside the file says.

    Last of all: a native library parses it, and one that dies takes nothing else with it.
    """
    from evidence.provenance import credentials  # noqa: PLC0415 - behind all that matters more

    signal.setitimer(signal.ITIMER_PROF, CREDENTIALS_CPU_S)  # ends the process when it is over
    facts = [fact.as_json() for fact in credentials.read(file, format_id)]
    frames.write(out, frames.CREDENTIALS, json.dumps(facts).encode())


def offer_choice(reading: Any, out: BinaryIO, is_asked: bool) -> bool:
    """Send what there is to choose from; False where nobody needs to choose and nobody asked."""
    from evidence import readers  # noqa: PLC0415 - loaded under the limits

    survey = readers.Survey()
    try:
        for record in reading:
            survey.take(record)
    except EvidenceError as problem:  # what was met before it can be chosen all the same
        if is_asked or survey.needs_choice:
            frames.write(out, frames.PROBLEM, problem.code.encode("ascii"))
    if not (is_asked or survey.needs_choice):
        return False
    frames.write(out, frames.SURVEY, json.dumps(survey.as_json()).encode())
    return True


def redact(file: BinaryIO, options: dict[str, Any], out: BinaryIO) -> None:
    """Send the copy without what `options["redact"]` names, then its measures.

    `{"boxes": [[left, top, width, height], ...]}`: places of the upright picture, or
    `{"spans": [[from, to], ...]}`: milliseconds of a recording.
    """
    from evidence.media import redaction  # noqa: PLC0415 - loaded under the limits

    cuts = options["redact"]
    measures: dict[str, int]
    if "spans" in cuts:
        covered = redaction.sound(file, cuts["spans"])
        media_type, content = "audio/mp4", covered.m4a
        measures = {"duration_ms": covered.duration_ms}
    else:
        made = redaction.picture(file, cuts["boxes"])
        media_type, content = "image/png", made.png
        measures = {"width": made.width, "height": made.height, "frames": made.frames}
    head = json.dumps({"name": "redacted", "media_type": media_type}).encode()
    frames.write(out, frames.DERIVED, head + b"\n" + content)
    frames.write(out, frames.SUMMARY, json.dumps(measures).encode())


def check_cover(file: BinaryIO, options: dict[str, Any], out: BinaryIO) -> None:
    """Say whether only the tone is heard in the spans `options["check_cover"]` of a copy."""
    from evidence.media import redaction  # noqa: PLC0415 - loaded under the limits

    told = {"is_covered": redaction.is_covered(file, options["check_cover"])}
    frames.write(out, frames.SUMMARY, json.dumps(told).encode())


def shrink(file: BinaryIO, options: dict[str, Any], out: BinaryIO) -> None:
    """Send a smaller copy of a listening copy: at most `options["shrink"]["most_bytes"]`."""
    from evidence.media import small_sound  # noqa: PLC0415 - loaded under the limits

    made = small_sound.small(file, most_bytes=options["shrink"]["most_bytes"])
    head = json.dumps({"name": "small", "media_type": "audio/mp4"}).encode()
    frames.write(out, frames.DERIVED, head + b"\n" + made.m4a)
    measures = {"bits_per_second": made.bits_per_second}
    frames.write(out, frames.SUMMARY, json.dumps(measures).encode())


def hear(file: BinaryIO, options: dict[str, Any], out: BinaryIO) -> None:
    """Send the sound in pieces, or what an engine here heard in them, then the decoded length.

    `options["hear"]`: `longest_s`, `pause_s` (or None), `most_s`, and `sherpa`: the arguments of
    `SherpaRecogniser`, or None where the engine is elsewhere.
    """
    from evidence.media import audio  # noqa: PLC0415 - loaded under the limits
    from evidence.speech import pieces  # noqa: PLC0415
    from evidence.speech.sherpa import SherpaRecogniser  # noqa: PLC0415

    told = options["hear"]
    engine = SherpaRecogniser(**told["sherpa"]) if told["sherpa"] else None
    sound = audio.Decoded(file, most_s=told["most_s"])
    for piece in pieces.cut(sound, longest_s=told["longest_s"], pause_s=told["pause_s"]):
        if engine is None:
            head = frames.PIECE_HEAD.pack(piece.start_s)
            frames.write(out, frames.PIECE, head + piece.samples)
        else:
            for heard in engine.hear(piece):
                words = json.dumps([heard.start_s, heard.end_s, heard.text])
                frames.write(out, frames.HEARD, words.encode())
    frames.write(out, frames.SUMMARY, json.dumps({"duration_ms": sound.decoded_ms}).encode())


def show(file: BinaryIO, options: dict[str, Any], out: BinaryIO) -> None:
    """Send the original at one place: `options["excerpt"]` = `{"place", "lines", "encoding"}`."""
    from evidence.readers.selection.excerpt import excerpt  # noqa: PLC0415 - loaded under the limits

    asked = options["excerpt"]
    shown = excerpt(file, asked["place"], lines=asked["lines"], encoding=asked["encoding"])
    frames.write(out, frames.EXCERPT, json.dumps(shown).encode())
    frames.write(out, frames.SUMMARY, b"{}")


def extract(file: BinaryIO, options: dict[str, Any], out: BinaryIO) -> None:
    """Send the format and the bytes of the file at `options["extract"]` inside an archive."""
    from evidence.readers.selection.inside import opened_member  # noqa: PLC0415 - as above
    from evidence.readers.sniff import WINDOW, sniff_head  # noqa: PLC0415

    with opened_member(file, options["extract"]) as member:
        engine = {"format": sniff_head(member.peek(WINDOW)), "reader": "", "reader_version": ""}
        frames.write(out, frames.FORMAT, json.dumps(engine).encode())
        while piece := member.read(ASK_BYTES):
            frames.write(out, frames.CONTENT, piece)
    frames.write(out, frames.SUMMARY, b"{}")


Makers = dict[str, tuple[str, Callable[[BinaryIO], bytes]]]


def makers_of(format_id: str) -> Makers:
    """What is derived from a file of this format."""
    from evidence.readers.magic import PICTURES, RECORDINGS  # noqa: PLC0415 - under the limits

    if format_id in PICTURES:
        return picture_makers()
    return recording_makers() if format_id in RECORDINGS else {}


def picture_makers() -> Makers:
    """What is derived from a picture: name → (media type, maker)."""
    from evidence.media import image  # noqa: PLC0415 - only when there is a picture

    return {
        "page": ("image/jpeg", image.page_jpeg),
        "thumbnail": ("image/jpeg", image.thumbnail),
    }


def recording_makers() -> Makers:
    """What is derived from a recording."""
    from evidence.media import audio  # noqa: PLC0415 - only when there is a recording

    return {
        "waveform": ("application/octet-stream", lambda file: bytes(audio.waveform(file))),
        "playable": ("audio/mp4", audio.playable),
    }


def derived(file: BinaryIO, makers: Makers) -> Iterator[tuple[bytes, bytes]]:
    """Each derivative that can be made; one that cannot is left out, the records stay."""
    for name, (media_type, make) in makers.items():
        file.seek(0)
        try:
            content = make(file)
        except EvidenceError:
            continue
        yield json.dumps({"name": name, "media_type": media_type}).encode(), content
