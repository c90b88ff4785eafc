"""A model of a kilobyte with SenseVoice's inputs, outputs and metadata that hears nothing at all.

It says the same two tokens over every sound. Written as plain protobuf bytes (onnx.proto), because
no test should need the ONNX tools.
"""

from __future__ import annotations

import struct
from pathlib import Path

FLOAT, INT32, INT64 = 1, 6, 7
TOKENS = ("<blank>", "<|zh|>", "<|NEUTRAL|>", "<|Speech|>", "<|withitn|>", "你", "好")
FEATURES = 560  # seven frames of eighty
ALL = 2**31 - 1
METADATA = {
    "vocab_size": str(len(TOKENS)),
    "lfr_window_size": "7",
    "lfr_window_shift": "6",
    "normalize_samples": "0",
    "with_itn": "14",
    "without_itn": "15",
    "lang_auto": "0",
    "lang_zh": "3",
    "lang_en": "4",
    "lang_yue": "7",
    "lang_ja": "11",
    "lang_ko": "12",
    "neg_mean": ",".join(["0"] * FEATURES),
    "inv_stddev": ",".join(["1"] * FEATURES),
}


def make_tiny_model(folder: Path) -> tuple[Path, Path]:
    """The model and its token table."""
    model, tokens = folder / "tiny.onnx", folder / "tokens.txt"
    model.write_bytes(_model())
    tokens.write_text("".join(f"{token} {at}\n" for at, token in enumerate(TOKENS)), "utf-8")
    return model, tokens


def _model() -> bytes:
    """One-hot rows for four marks and two tokens, then blanks as long as the sound is."""
    vocabulary = len(TOKENS)
    rows = [[10.0 * (token == row) for token in range(vocabulary)] for row in range(1, vocabulary)]
    graph = (
        _node("Slice", ["x", "starts", "ends", "axes"], "part")
        + _node("Mul", ["part", "zero"], "nothing")
        + _node("Add", ["nothing", "blank"], "blanks")
        + _node("Concat", ["said", "blanks"], "logits", axis=1)
        + _text(2, "tiny")
        + _floats("said", [1, len(rows), vocabulary], [each for row in rows for each in row])
        + _floats("blank", [1, 1, vocabulary], [10.0] + [0.0] * (vocabulary - 1))
        + _floats("zero", [1], [0.0])
        + _longs("starts", [2, 0])
        + _longs("ends", [ALL, vocabulary])
        + _longs("axes", [1, 2])
        + _value(11, "x", FLOAT, ["N", "T", FEATURES])
        + _value(11, "x_length", INT32, ["N"])
        + _value(11, "language", INT32, ["N"])
        + _value(11, "text_norm", INT32, ["N"])
        + _value(12, "logits", FLOAT, ["N", "L", vocabulary])
    )
    metadata = b"".join(
        _message(14, _text(1, key) + _text(2, value)) for key, value in METADATA.items()
    )
    return (
        _number(1, 8) + _message(8, _text(1, "") + _number(2, 13)) + _message(7, graph) + metadata
    )


def _node(kind: str, inputs: list[str], output: str, *, axis: int | None = None) -> bytes:
    body = b"".join(_text(1, name) for name in inputs) + _text(2, output) + _text(4, kind)
    if axis is not None:
        body += _message(5, _text(1, "axis") + _number(3, axis) + _number(20, 2))
    return _message(1, body)


def _floats(name: str, shape: list[int], values: list[float]) -> bytes:
    return _tensor(name, shape, FLOAT, struct.pack(f"<{len(values)}f", *values))


def _longs(name: str, values: list[int]) -> bytes:
    return _tensor(name, [len(values)], INT64, struct.pack(f"<{len(values)}q", *values))


def _tensor(name: str, shape: list[int], kind: int, raw: bytes) -> bytes:
    dims = b"".join(_number(1, size) for size in shape)
    return _message(5, dims + _number(2, kind) + _text(8, name) + _message(9, raw))


def _value(field: int, name: str, kind: int, shape: list[str | int]) -> bytes:
    dims = b"".join(
        _message(1, _number(1, size) if isinstance(size, int) else _text(2, size)) for size in shape
    )
    tensor = _number(1, kind) + _message(2, dims)
    return _message(field, _text(1, name) + _message(2, _message(1, tensor)))


def _text(field: int, text: str) -> bytes:
    return _message(field, text.encode())


def _message(field: int, body: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(body)) + body


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
