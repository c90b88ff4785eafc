"""complaints/bundle/xray.py: what strangers broke is looked through as far as it can be read."""

from __future__ import annotations

import io
import multiprocessing
import random
import resource
import zipfile
import zlib
from concurrent.futures import ProcessPoolExecutor

import pikepdf
import pytest

from complaints.bundle import pdf_parts, xray
from complaints.bundle.withheld import Withheld
from tests.complaints.bundle.test_xray import PARENT, TEXT, WITHHELD, file, in_zip, kinds, look

ROUNDS = 150
BOMB_BYTES, ROOM_BYTES = 600_000_000, 700_000_000
PACKED = zlib.compress(TEXT.encode() * 3)
# Numbers, truths and nothings may be objects of their own in a PDF; old writers do so by habit.
OBJECTS = (
    b"<</Type/Catalog/Pages 2 0 R/A 4 0 R/B 5 0 R/C 6 0 R/D 7 0 R/E 8 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
    *(b"468", b"true", b"1.5", b"null"),
    b"<</Filter/FlateDecode/Length 9 0 R>>stream\n%b\nendstream" % PACKED,
    b"%d" % len(PACKED),
)


def pdf_of(*objects: bytes) -> bytes:
    written, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    size = len(objects) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, len(written))
    )


def test_numbers_that_are_objects_of_their_own_are_passed_over():
    assert kinds(pdf_of(*OBJECTS)) == {xray.Kind.TEXT}


@pytest.mark.parametrize(
    "element",
    [
        b"<</Type/StructElem/S/Lastname/P 2 0 R/K[0]/Pg 3 0 R>>",
        b"<</Type/StructElem/S/TD/P 2 0 R/A[<</O/Table/Headers[(Lastname)]>>]/K[0]>>",
        b"<</Type/StructElem/S/TD/P 2 0 R/K[0]/Lastname 3 0 R>>",
    ],
)
def test_an_element_with_more_than_its_place_is_read(element):
    place = b"<</Type/StructElem/S/TD/P 2 0 R/K[0]/Pg 3 0 R>>"
    withheld = Withheld(names=frozenset(["lastname"]))

    assert look(pdf_of(*OBJECTS[:3], element), withheld=withheld)
    assert not look(pdf_of(*OBJECTS[:3], place), withheld=withheld)


def test_a_stream_of_a_file_that_no_library_opens_is_unpacked():
    broken = b"%PDF-1.4\n" + b"8 0 obj\n" + OBJECTS[7] + b"\nendobj\nnothing more"

    with pytest.raises(pikepdf.PdfError):
        pikepdf.open(io.BytesIO(broken))
    assert kinds(broken) == {xray.Kind.TEXT}


def test_an_entry_of_a_wrong_checksum_is_read_nevertheless():
    packed = in_zip(TEXT.encode() * 3)
    told = zipfile.ZipFile(io.BytesIO(packed)).infolist()[0].CRC.to_bytes(4, "little")
    wrong = packed.replace(told, b"\x00\x01\x02\x03")

    with pytest.raises(zipfile.BadZipFile):
        zipfile.ZipFile(io.BytesIO(wrong)).read("inner/file.txt")
    assert kinds(wrong) == {xray.Kind.TEXT}


def test_a_broken_entry_hides_none_of_the_others():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"first " * 20)
        archive.writestr("b", TEXT.encode() * 3)
    packed = bytearray(out.getvalue())
    packed[31:36] = b"\xff" * 5  # within the first entry's bytes

    assert kinds(bytes(packed)) == {xray.Kind.TEXT}


@pytest.mark.parametrize("filters", [b"/FlateDecode", b"[/FlateDecode/FlateDecode]"])
def test_a_bomb_ends_no_look(filters):
    """In a process with little room: what stands before its bytes run out is found."""
    bomb = zlib.compress(TEXT.encode() + bytes(BOMB_BYTES))
    if filters.count(b"Flate") > 1:
        bomb = zlib.compress(bomb)
    stream = b"<</Filter%b/Length %d>>stream\n%b\nendstream" % (filters, len(bomb), bomb)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        found = process.submit(kinds_in_little_room, pdf_of(*OBJECTS[:3], stream, OBJECTS[7]))

        assert found.result(timeout=60) == {xray.Kind.TEXT}


def kinds_in_little_room(data: bytes) -> set[xray.Kind]:
    resource.setrlimit(resource.RLIMIT_AS, (ROOM_BYTES, ROOM_BYTES))
    pdf_parts.MOST_BYTES = 1 << 20  # to look through more would only take longer
    return kinds(data)


@pytest.mark.parametrize("seed", range(4))
def test_damaged_files_end_no_look(seed):
    chance = random.Random(seed)
    sound = [pdf_of(*OBJECTS), in_zip(PARENT * 9), in_zip(pdf_of(*OBJECTS))]
    for _ in range(ROUNDS):
        data = bytearray(chance.choice(sound))
        for _ in range(chance.choice((1, 3, 20))):
            at, length = chance.randrange(len(data)), chance.randrange(1, 40)
            match chance.randrange(3):
                case 0:
                    data[at] = chance.randrange(256)
                case 1:
                    del data[at : at + length]
                case 2:
                    data[at:at] = data[length : 2 * length]
            data = data or bytearray(b"%PDF-")
        list(xray.Look(WITHHELD).leaks([file("x", bytes(data))]))
