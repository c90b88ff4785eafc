"""How times, amounts and acts are put into words on the page, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from complaints.bundle import language
from complaints.bundle.content import Fact, Loan, PackageContent, ReviewState
from complaints.bundle.exhibits import Since
from complaints.bundle.fonts import FontSet
from complaints.bundle.gaps import Gap

BEIJING = timezone(timedelta(hours=8))  # no summer time since 1991, and no act is older


@dataclass(frozen=True)
class Words:
    """The texts of one package: its language, and the fonts that decide what can be shown."""

    language: str
    fonts: FontSet

    def __call__(self, key: str, /, **values: object) -> str:
        """One message of the catalogue."""
        return language.text(key, self.language, **values)

    def act(self, act: str) -> str:
        """A custody act in words; one that is newer than this catalogue, as it is written."""
        key = f"custody-act-{act.replace('_', '-')}"
        return language.messages(self.language).get(key, act)

    def actor(self, actor_type: str) -> str:
        """In which part somebody acted."""
        return language.messages(self.language).get(f"custody-actor-{actor_type}", actor_type)

    def format(self, format_id: str) -> str:
        """What a file is, in words; a format that is newer than this catalogue, as its id."""
        return language.messages(self.language).get(f"format-{format_id}", format_id)

    def verbatim(self, words: str) -> str:
        """Somebody's own words; characters that no font has are shown as code points."""
        return self.fonts.shown(words)

    def day(self, on: date) -> str:
        """2026年11月3日."""
        return self("say-day", year=on.year, month=on.month, day=on.day, iso=on.isoformat())

    def time(self, at: datetime | None, precision: str = "minute") -> str:
        """2026年11月3日 22:47（北京时间）; unknown when there is none."""
        if at is None:
            return self("pdf-unknown")
        local = at.astimezone(BEIJING)
        if precision == "day":
            return self.day(local.date())
        clock = local.strftime("%H:%M:%S" if precision == "second" else "%H:%M")
        return f"{self.day(local.date())} {clock}{self('pdf-beijing')}"

    def short_time(self, at: datetime, precision: str = "minute") -> str:
        """2026-11-03 22:47, for tables whose head says Beijing time."""
        local = at.astimezone(BEIJING)
        form = {"day": "%Y-%m-%d", "second": "%Y-%m-%d %H:%M:%S"}.get(precision, "%Y-%m-%d %H:%M")
        return local.strftime(form)

    def amount(self, yuan: Decimal) -> str:
        """12,000.00 元."""
        return f"{yuan:,.2f} {self('pdf-unit-yuan')}"

    def join(self, parts: Sequence[str]) -> str:
        """Clauses of one sentence; empty ones are left out."""
        return self("pdf-comma").join(part for part in parts if part)

    def listed(self, entries: Sequence[str]) -> str:
        """号码一、号码二."""
        return self("pdf-list-comma").join(entries)

    def exhibits(self, numbers: Sequence[str]) -> str:
        """（见证据A-1、A-2）, or nothing."""
        return self("say-exhibits", numbers=self.listed(numbers)) if numbers else ""

    def loan(self, loan: Loan) -> str:
        """The loan in one sentence; amounts kept apart, unknown ones unmentioned."""
        opening = (
            self("say-loan", date=self.day(loan.signed_on), lender=loan.lender)
            if loan.signed_on
            else self("say-loan-undated", lender=loan.lender)
        )
        amounts = [
            ("say-loan-amount", loan.contract_amount),
            ("say-loan-received", loan.received_amount),
            ("say-loan-repaid", loan.repaid_amount),
            ("say-loan-claimed", loan.claimed_amount),
        ]
        clauses = [
            opening,
            self("say-loan-product", product=loan.product) if loan.product else "",
            self("say-loan-contract", number=loan.contract_number) if loan.contract_number else "",
            *(self(key, amount=self.amount(yuan)) for key, yuan in amounts if yuan is not None),
            self("say-loan-overdue", date=self.day(loan.overdue_since))
            if loan.overdue_since
            else "",
        ]
        return self.join(clauses) + self.exhibits(loan.exhibits) + self("pdf-stop")

    def fact(self, fact: Fact) -> str:
        """One act in full: when, how, from where, to whom, in which words, in which exhibit."""
        clauses = [
            self.time(fact.at, fact.at_precision),
            fact.channel,
            self("say-fact-number", number=fact.number) if fact.number else "",
            self("say-fact-whom", whom=fact.whom) if fact.whom else "",
            self("say-fact-present", present=fact.present) if fact.present else "",
            self("say-fact-words", words=self.verbatim(fact.words)) if fact.words else "",
        ]
        return self.join(clauses) + self.source(fact) + self("pdf-stop")

    def source(self, fact: Fact) -> str:
        """（证据A-1，00:01:23）, or nothing."""
        if not fact.exhibit:
            return ""
        if not fact.place:
            return self("say-fact-exhibit", exhibit=fact.exhibit)
        return self("say-fact-exhibit-place", exhibit=fact.exhibit, place=fact.place)

    def since(self, since: Since | None) -> str:
        """自 … 的已盖章导出件被读取以来未改变; nothing where no reading is bound."""
        if since is None:
            return ""
        read = self.time(since.read_at, "second")
        if since.stamped_at is None:
            return self("say-since-unstamped", read=read)
        return self("say-since", stamped=self.time(since.stamped_at, "second"), read=read)

    def gap(self, gap: Gap, reason: str) -> str:
        """未交付第 3 至 7 条，共 5 条：与本件无关; places count from 1 here."""
        key = "say-gap-one" if gap.count == 1 else "say-gap"
        return self(
            key,
            first=gap.first + 1,
            last=gap.last + 1,
            count=gap.count,
            reason=self.gap_reason(reason),
        )

    def gap_reason(self, reason: str) -> str:
        """Why records are not handed over, a code of `gaps.GapReason`."""
        return self(f"gap-reason-{reason.replace('_', '-')}")

    def prepared_by(self, content: PackageContent) -> str:
        """Who prepared the package and whether anybody reviewed it."""
        review = content.review
        if review.state is ReviewState.NOT_REVIEWED:
            return self("say-not-reviewed", role=content.complainant_role)
        return self(
            "say-reviewed",
            role=content.complainant_role,
            reviewed_by=review.reviewed_by,
            approved_by=review.approved_by,
            approved_at=self.time(review.approved_at),
        )


def clock(seconds: float) -> str:
    """00:01:23."""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole % 3600 // 60:02d}:{whole % 60:02d}"
