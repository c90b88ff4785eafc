"""complaints/bundle/pdf_strings.py: what a page shows, as a whole parser reads it."""

from __future__ import annotations

import io

import pikepdf
import pytest

from complaints.bundle import pdf_strings
from complaints.bundle.pdf_strings import NotPlainError, Shows
from complaints.bundle.pdf_text import page_texts

LINES = [
    rb"(plain)",
    rb"(a \(b\) \\ c)",
    rb"(a (b (c) d) e)",
    rb"(\101\102C\7\0008)",
    b"(goes \\\non)",
    rb"(no \special)",
    b"(\xfe\xff\x00%)",
    b"<414243>",
    b"< 41 4\n2 4>",
    b"()",
    b"<>",
]


def texts(operators: bytes) -> list[bytes]:
    return [value for shows, value in pdf_strings.on_page(operators) if shows is Shows.TEXT]


def parsed(operators: bytes) -> list[bytes]:
    pdf = pikepdf.new()
    steps = pikepdf.parse_content_stream(pdf.make_stream(operators), "Tj TJ ' \"")
    found: list[bytes] = []
    for step in steps:
        shown = step.operands[0] if str(step.operator) == "TJ" else step.operands[-1:]
        found += [bytes(each) for each in shown if isinstance(each, pikepdf.String)]
    return found


@pytest.mark.parametrize("string", LINES)
@pytest.mark.parametrize(
    "around",
    [
        b"BT /F1 12 Tf %b Tj ET",
        b"[%b -20.5 %b]TJ",
        b"% (a comment\n%b Tj",
        b"/Span<</ActualText(not shown)/A<</B(nor)>>>>BDC %b Tj EMC",
        b"/Span <</MCID 0>> BDC 1 0 0 1 2 3 Tm %b ' EMC",
        b'1 2 %b "',
    ],
)
def test_strings_are_read_as_a_whole_parser_reads_them(around: bytes, string: bytes) -> None:
    operators = around.replace(b"%b", string)

    assert texts(operators) == parsed(operators) != []


def test_fonts_and_forms_come_in_their_order() -> None:
    steps = list(pdf_strings.on_page(b"/F1 12 Tf(a)Tj/F#20x -1.5 Tf /Im0 Do /P <</MCID 1>> BDC"))

    assert steps == [
        (Shows.FONT, b"F1"),
        (Shows.TEXT, b"a"),
        (Shows.FONT, b"F#20x"),
        (Shows.FORM, b"Im0"),
    ]


@pytest.mark.parametrize(
    "operators",
    [b"BI /W 1 ID (((( EI (a) Tj", b"(((((deep))))) Tj", b"(never ends", b"(a) Tj < zz > Tj"],
)
def test_what_is_not_plain_is_left_to_a_whole_parser(operators: bytes) -> None:
    with pytest.raises(NotPlainError):
        list(pdf_strings.on_page(operators))


def test_hostile_parentheses_take_no_time() -> None:
    with pytest.raises(NotPlainError):
        list(pdf_strings.on_page(b"(" * 1_000_000))
    assert len(list(pdf_strings.on_page(b"/a " * 300_000 + b"x" * 1_000_000))) == 0


def test_a_page_with_a_picture_among_its_operators_is_read() -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page()
    page.Contents = pdf.make_stream(b"BI /W 1 /H 1 /BPC 8 /CS /G ID ( EI BT (told) Tj ET")
    out = io.BytesIO()
    pdf.save(out)

    with pikepdf.open(io.BytesIO(out.getvalue())) as read:
        assert dict(page_texts(read.pages)) == {"page-1": "told"}


def test_strings_of_objects_are_read() -> None:
    pdf = pikepdf.new()
    strings = [b"a (b) \\", b"\x00\x01\xff", b"plain \xe9", b""]
    pdf.Root.A = pikepdf.Array([pikepdf.String(each) for each in strings])
    written = pdf.Root.unparse(resolved=True)

    assert list(pdf_strings.in_objects(written)) == strings
