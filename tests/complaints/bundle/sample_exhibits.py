"""Invented exhibits with their whole proof: a real house, real tokens, real custody events.

No person, company, number or case here exists. Numbers begin with 100, which no operator assigns.
"""

from __future__ import annotations

import io
import os
import uuid
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from complaints.bundle.exhibits import (
    Copy,
    Exhibit,
    Origin,
    PageImage,
    ReadingInfo,
    Receipt,
    Recording,
    ShownRecord,
    Times,
    Token,
    TranscriptLine,
)
from complaints.bundle.fonts import FontSet
from evidence.integrity import event, receipt, timestamp
from evidence.integrity.digest import sha256_hex
from evidence.integrity.event import Act, Event
from evidence.integrity.house import House, make_house

BORN = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)  # the house's first day
BUNDLE_TIME = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
ARRIVED = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
ORIGIN = "sample.invalid/log"
NAMESPACE = uuid.UUID("6d5f1c34-0a7e-4a5e-9d3f-2f6f5d1f0a11")

SMS_EXPORT = """<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
<smses count="2"><sms address="10000000101" date="1793729220000" type="1" body="样例：今天不还就把你欠钱的事告诉单位所有人😡" /><sms address="10000000102" date="1793815620000" type="1" body="样例：你家住哪我们清楚" /></smses>
""".encode()  # noqa: E501


def clock() -> datetime:
    """The moment at which the sample packages are built and stamped."""
    return BUNDLE_TIME + timedelta(minutes=1)


def house(name: str = "first") -> House:
    """A real house, made once; another name is another house."""
    return _house(name)


@cache
def _house(name: str) -> House:
    assert name
    return House.load(make_house(at=BORN, origin=ORIGIN))


@cache
def fonts() -> FontSet:
    """The fonts of FONT_DIR, of the client's packages, or of the system."""
    root = Path(__file__).resolve().parents[3]
    places = [os.environ.get("FONT_DIR"), root / "var" / "fonts"]
    given = next((Path(p) for p in places if p and Path(p).is_dir()), None)
    return FontSet.find(given)


def same_id(name: str) -> str:
    """A uuid that is the same in every run."""
    return str(uuid.uuid5(NAMESPACE, name))


def chain(
    item: str, sha256: str, size: int, *acts: tuple[Act, dict[str, Any]], **arrival: str
) -> tuple[bytes, ...]:
    """Real custody events of one item, `received` first, with further facts of its arrival."""
    raws: list[bytes] = []
    told = [(Act.RECEIVED, {"sha256": sha256, "size": size, **arrival}), *acts]
    for index, (act, facts) in enumerate(told):
        raws.append(
            event.encode(
                Event(
                    id=same_id(f"{item} event {index}"),
                    subject_type="item",
                    subject_id=item,
                    act=act,
                    at=ARRIVED + timedelta(seconds=index),
                    actor_type="borrower" if act is Act.RECEIVED else "system",
                    actor_id=same_id("borrower") if act is Act.RECEIVED else "sealing",
                    facts=facts,
                    previous=event.digest(raws[-1]) if raws else None,
                    salt=sha256_hex(f"{item} salt {index}".encode()),
                )
            )
        )
    return tuple(raws)


def stamp(of: House, sha256: str, at: datetime) -> Token:
    """A real token of the house's embedded TSA."""
    request = timestamp.build_request(bytes.fromhex(sha256), 20261123)
    der = of.tsa().respond(request, at=at)
    return Token(der=der, source="embedded", gen_time=at, self_issued=True)


def exhibit(number: str, data: bytes, *, of: House, **values: Any) -> Exhibit:
    """One exhibit with its whole proof, over the bytes given."""
    sha256, item = sha256_hex(data), same_id(f"item {number}")
    sealed = ARRIVED + timedelta(seconds=1)
    raws = chain(
        item, sha256, len(data), (Act.SEALED, {"sha256": sha256}), (Act.READ, {"reader": "sample"})
    )
    raw = receipt.encode(
        item=item,
        sha256=sha256,
        size=len(data),
        received_at=ARRIVED,
        event=event.leaf_data(raws[0]).hex(),
        claimed=True,
    )
    given: dict[str, Any] = {
        "number": number,
        "item": item,
        "sha256": sha256,
        "size": len(data),
        "open": lambda: io.BytesIO(data),
        "times": Times(
            happened_from=datetime(2026, 11, 3, 14, 47, tzinfo=UTC),
            captured_at=datetime(2026, 11, 4, 1, 2, tzinfo=UTC),
            received_at=ARRIVED,
            sealed_at=sealed,
        ),
        "custody": raws,
        "receipt": Receipt(raw=raw, signature=receipt.sign(raw, of.log_key)),
        "tokens": (stamp(of, sha256, sealed),),
        "origin": Origin(
            source="本人收到",
            device="样例手机 S1（系统 14）",
            how="在手机短信应用中用备份软件导出，未作改动",
            file_name="sms-20261104.xml",
            kept_where="原手机由本人保管",
        ),
        "evidence_class": "电子数据（短信）",
        "proves": "证明 2026-11-03 22:47 号码 10000000101 发来短信并称要告知单位",
    }
    return Exhibit(**(given | values))


def screenshot(width: int, height: int) -> bytes:
    """A picture that looks a little like a chat: bubbles left and right, no words."""
    picture = Image.new("RGB", (width, height), "#ededed")
    draw = ImageDraw.Draw(picture)
    for row, top in enumerate(range(80, height - 120, 150)):
        left = 40 if row % 3 else width - 440
        draw.rounded_rectangle(
            (left, top, left + 400, top + 100), 14, fill="#ffffff" if row % 3 else "#95ec69"
        )
        draw.text((left + 20, top + 20), f"SAMPLE {row}", fill="#222222")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()


def message_export(of: House) -> Exhibit:
    """B-1: a message export in the original form, with two messages shown."""
    records = (
        ShownRecord(
            index=0,
            canonical=b"{}",
            at="2026-11-03 22:47:00",
            direction="收到",
            number="10000000101",
            text="样例：今天不还就把你欠钱的事告诉单位所有人😡",
            locator="第 1 条",
            marked=True,
        ),
        ShownRecord(
            index=1,
            canonical=b"{}",
            at="2026-11-04 22:47:00",
            direction="收到",
            number="10000000102",
            text="样例：你家住哪我们清楚",
            locator="第 2 条",
        ),
    )
    return exhibit(
        "B-1",
        SMS_EXPORT,
        of=of,
        name="短信导出文件",
        media_type="application/xml",
        extension="xml",
        fact_numbers=(1, 2),
        reading=ReadingInfo(
            format="sms_backup", reader="sms_backup", reader_version="1", records=2
        ),
        records=records,
        records_total=2,
    )


def chat_screenshot(of: House, number: str = "B-2", height: int = 2400) -> Exhibit:
    """B-2: a chat screenshot with its page picture."""
    data = screenshot(1080, height)
    page = screenshot(720, height * 2 // 3)
    return exhibit(
        number,
        data,
        of=of,
        name="聊天截图",
        media_type="image/jpeg",
        extension="jpg",
        evidence_class="电子数据（即时通信）",
        proves="证明对方在聊天中称将联系本人同事",
        fact_numbers=(3,),
        pages=(PageImage(jpeg=page, width=720, height=height * 2 // 3, alt="聊天截图第1张"),),
    )


def call_recording(of: House) -> Exhibit:
    """B-3: a call recording with waveform, transcript and a playable copy."""
    data = b"#!AMR\n" + bytes(range(256)) * 40
    lines = (
        TranscriptLine(seconds=1.2, speaker="对方", text="样例：你好，我是处理你借款的。"),
        TranscriptLine(seconds=9.5, speaker="本人", text="样例：请说明你的单位和姓名。"),
        TranscriptLine(
            seconds=23.0, speaker="对方", text="样例：再不还，我们就去你单位门口。", marked=True
        ),
        TranscriptLine(seconds=41.0, speaker="本人", text="样例：[听不清]，请书面联系。"),
    )
    return exhibit(
        "B-3",
        data,
        of=of,
        name="通话录音",
        media_type="audio/amr",
        extension="amr",
        evidence_class="电子数据（录音）",
        proves="证明 2026-11-05 08:12 号码 10000000101 来电并称要到单位门口",
        fact_numbers=(4,),
        origin=Origin(
            source="本人参与的通话",
            device="样例手机 S1",
            how="手机自带通话录音，文件直接取出",
            file_name="10000000101_20261105081200.amr",
            kept_where="原手机由本人保管",
        ),
        recording=Recording(
            device="样例手机 S1",
            app="系统自带录音",
            started="2026年11月5日 08:12（北京时间）",
            own_number="10000000001",
            peer_number="10000000101",
            direction="来电",
            whole="自接通至挂断全程",
            edited="未剪辑",
            codec="amr_nb",
            container="amr",
            duration_s=62.0,
            waveform=tuple((index * 37) % 90 + 5 for index in range(200)),
            transcript=lines,
            transcript_by="机器转写草稿，本人校对",
        ),
        copies=(
            Copy(
                name="playable",
                extension="m4a",
                media_type="audio/mp4",
                open=lambda: io.BytesIO(b"playable" * 500),
            ),
        ),
    )


def loan_contract(of: House) -> Exhibit:
    """A-1: a document that is not shown on paper."""
    return exhibit(
        "A-1",
        b"%PDF-1.4 sample contract\n" + bytes(2000),
        of=of,
        name="借款合同",
        media_type="application/pdf",
        extension="pdf",
        evidence_class="书证（电子文本）",
        proves="证明合同载明的贷款人、金额和日期",
        origin=Origin(source="本人持有", how="从贷款应用内下载", file_name="合同.pdf"),
    )
