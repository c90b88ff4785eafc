"""complaints/stages/packaging.py: a redacted exhibit leaves as its copy, and as nothing more."""

from __future__ import annotations

import io
import json
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from accounts.models import User
from complaints.bundle import layout, xray
from complaints.bundle.package_files import PackageFile
from complaints.bundle.withheld import Withheld
from complaints.composing import withheld
from complaints.models import Complaint, Exhibit
from complaints.stages import packaging
from evidence import custody
from evidence.custody import Act, Subject
from evidence.integrity.digest import sha256_hex
from evidence.models import Record
from tests import make
from tests.samples import pictures

from .packaged import built, require_kept_back

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("vault"),
    pytest.mark.chinese_font,
]

SIZE = (720, 1280)
FIRST, SECOND = "再不还钱就让你全家都不得安宁", "你单位领导的电话我已经有了"
BOX = [100, 170, 560, 100]


@pytest.fixture
def complaint(borrower: User, settings: Any, tmp_path: Path) -> Complaint:
    settings.SCRATCH_DIR = tmp_path / "scratch"
    page = pictures.chat_page([("left", FIRST), ("left", SECOND)], title="王经理")
    begun = make.shot_complaint(borrower, page)
    make.redacted(begun, BOX)
    return begun


def shot(complaint: Complaint) -> Exhibit:
    rows = complaint.exhibits.select_related("item__declared", "redaction__item")
    return rows.get(form=Exhibit.Form.REDACTED)


def look(files: dict[str, bytes], secrets: Withheld) -> list[xray.Leak]:
    as_files = [
        PackageFile(path, sha256_hex(data), len(data), "", partial(io.BytesIO, data))
        for path, data in files.items()
    ]
    return list(xray.Look(secrets).leaks(as_files))


def every_picture(files: dict[str, bytes]) -> dict[str, Image.Image]:
    """All pictures of the package: files, embedded files, images on pages."""
    found = {}
    for path, data in files.items():
        if path.endswith((".png", ".jpg")):
            found[path] = Image.open(io.BytesIO(data))
        if path.endswith(".pdf"):
            with pikepdf.open(io.BytesIO(data)) as pdf:
                for name in pdf.attachments:
                    inner = pdf.attachments[name].get_file().read_bytes()
                    if name.endswith(".png"):
                        found[f"{path}!{name}"] = Image.open(io.BytesIO(inner))
                for number, page in enumerate(pdf.pages):
                    for name, raw in page.get_images().items():
                        picture = pikepdf.PdfImage(raw).as_pil_image()
                        found[f"{path}!{number}{name}"] = picture
    return found


def test_the_copy_is_all_that_the_package_shows(complaint: Complaint, borrower: User) -> None:
    row, rows = shot(complaint), list(complaint.exhibits.select_related("item__declared"))
    secrets = withheld.of(complaint, rows)
    files = built(complaint, borrower)

    # 1. the bytes, the list, the index, the commitment
    copy = row.redaction.item  # type: ignore[union-attr]  # a redacted exhibit has its copy
    assert copy is not None
    entry = next(
        each
        for each in json.loads(files[layout.EXHIBITS])["exhibits"]
        if each["number"] == row.code
    )
    assert (entry["form"], entry["sha256"], entry["item"]) == (
        "redacted",
        copy.sha256,
        str(copy.pk),
    )
    assert files[entry["path"]] == make.plain_bytes(copy)
    assert entry["parent"]["commitment"] == row.redaction.commitment  # type: ignore[union-attr]
    assert entry["parent"]["events"] == []
    assert entry["origin"]["file_name"] == ""
    assert "1 处" in files[layout.INDEX].decode("utf-8-sig")

    # 2. the secrets stand nowhere; and what is looked for is what there is to hide
    assert FIRST in secrets.texts
    assert SECOND not in secrets.texts
    assert row.item.sha256 in secrets.digests
    assert str(row.item_id) in secrets.ids
    assert row.item.declared.file_name in secrets.names
    assert look(files, secrets) == []

    # 3. what remains visible is quoted
    assert look(files, Withheld(texts=frozenset([SECOND])))

    # 4. under the box every picture is solid
    seen = every_picture(files)
    checked = 0
    for path, picture in seen.items():
        if picture.width < 700:
            continue  # codes to scan, not the exhibit
        scale = picture.width / SIZE[0]
        left, top, width, height = (round(side * scale) for side in BOX)
        inside = picture.convert("RGB").crop(
            (left + 8, top + 8, left + width - 8, top + height - 8)
        )
        assert max(high for _, high in inside.getextrema()) <= 8, path
        checked += 1
    assert checked >= 2  # the exhibit's file and its page


@pytest.mark.parametrize("where", ["purpose", "facts", "name"])
def test_a_package_with_a_leak_is_never_offered(
    complaint: Complaint, borrower: User, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    row = shot(complaint)
    composed = packaging.compose

    def leaking(of: Complaint, making: Any, acts: Any) -> Any:
        from dataclasses import replace

        made = composed(of, making, acts)
        record = Record.objects.get(reading__item=row.item, text=FIRST)
        if where == "facts":
            fact = replace(made.facts[0], words=record.text)
            return replace(made, facts=(fact, *made.facts[1:]))
        told = {
            "purpose": {"proves": f"见{record.text}"},
            "name": {"name": row.item.declared.file_name},
        }[where]
        exhibits = tuple(
            replace(each, **told) if each.number == row.code else each for each in made.exhibits
        )
        return replace(made, exhibits=exhibits)

    monkeypatch.setattr(packaging, "compose", leaking)

    require_kept_back(complaint, borrower)


def test_nothing_of_the_parents_log_goes_along(complaint: Complaint, borrower: User) -> None:
    row = shot(complaint)
    events = [bytes(each.raw) for each in custody.log_of(Subject.ITEM, row.item_id)]

    files = built(complaint, borrower)

    assert any(custody.log_of(Subject.ITEM, row.item_id).filter(act=Act.REDACTED))
    for raw in events:
        assert raw not in files.values()
    for token in row.item.tokens.all():
        assert bytes(token.response) not in files.values()
    assert bytes(row.item.receipt.raw) not in files.values()
