"""What a package says: the facts of one complaint, as values. Nothing here is worded by us.

The caller (the packaging stage) fills these from confirmed rows; the templates arrange them.
Texts come in two kinds. `verbatim` fields hold what somebody wrote or said: characters that no font
has are printed there as `[U+1F600]`. Everything else is a name or our person's own words: such a
character stops the build (`fonts.UnprintableError`), because a name must never be a code.
Times are aware; they are printed as Beijing time. Empty text means "left blank for the pen".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from complaints.bundle.exhibits import Exhibit, LogProof
from complaints.bundle.withheld import Withheld

VERBATIM = "verbatim"


class DocumentKind(StrEnum):
    """Which outline of the document templates the complaint follows."""

    ACCUSATION = "accusation"  # 控告书: the other side can be named or described
    POLICE_REPORT = "police_report"  # 报案材料: the other side is wholly unknown
    CRIMINAL_ACCUSATION = "criminal_accusation"  # 刑事控告书: asks that a criminal case is opened
    CRIMINAL_REPORT = "criminal_report"  # 报案书: likewise, the other side is wholly unknown
    REGULATOR_REPORT = "regulator_report"  # 举报书: reports a breach, asks for no compensation
    LOCAL_FINANCE_REPORT = "local_finance_report"  # 投诉举报信: to where the lender is registered
    LENDER_COMPLAINT = "lender_complaint"  # 投诉书: to the lender, straight or by 12378
    STOP_NOTICE = "stop_notice"  # 停止违规催收告知函: to the lender, how it may collect
    PERSONAL_INFORMATION_REPORT = "personal_information_report"  # 个人信息投诉举报书
    NON_FILING_REVIEW = "non_filing_review"  # 不予立案复议申请书: to the police who refused
    ADMINISTRATIVE_RECONSIDERATION = "administrative_reconsideration"  # 行政复议申请书
    FILING_SUPERVISION = "filing_supervision"  # 立案监督申请书: to the procuratorate


REPORTS = frozenset(
    {
        DocumentKind.REGULATOR_REPORT,
        DocumentKind.LOCAL_FINANCE_REPORT,
        DocumentKind.PERSONAL_INFORMATION_REPORT,
    }
)
FOLLOW_UPS = frozenset(
    {
        DocumentKind.NON_FILING_REVIEW,
        DocumentKind.ADMINISTRATIVE_RECONSIDERATION,
        DocumentKind.FILING_SUPERVISION,
    }
)
TO_THE_LENDER = frozenset({DocumentKind.LENDER_COMPLAINT, DocumentKind.STOP_NOTICE})
TO_THE_POLICE = frozenset(
    {
        DocumentKind.ACCUSATION,
        DocumentKind.POLICE_REPORT,
        DocumentKind.CRIMINAL_ACCUSATION,
        DocumentKind.CRIMINAL_REPORT,
    }
)


class ReviewState(StrEnum):
    """Who looked at the package before it left."""

    NOT_REVIEWED = "not_reviewed"  # prepared by the complainant, not reviewed
    REVIEWED = "reviewed"  # reviewed, and approved by a second person


@dataclass(frozen=True, kw_only=True)
class Review:
    """The prepared-by note. Reviewers stand here by the name they chose to print."""

    state: ReviewState = ReviewState.NOT_REVIEWED
    reviewed_by: str = ""
    approved_by: str = ""
    approved_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """A complainant or an agent. Every field may be blank: it is then written by hand."""

    name: str = ""
    sex: str = ""
    born: str = ""  # as the person writes it
    id_number: str = ""
    occupation: str = ""
    address: str = ""
    phone: str = ""
    standing: str = ""  # an agent's: relation and the authorisation shown


@dataclass(frozen=True, kw_only=True)
class Respondent:
    """Against whom. `name` is the full legal name, or what they call themselves."""

    name: str
    role: str  # printed: 贷款人, 催收机构, 自称催收人员 …
    numbers: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()  # platform and account id
    address: str = ""
    further: str = ""  # what else is known: credit code, registered place


@dataclass(frozen=True, kw_only=True)
class Loan:
    """The loan behind it. Amounts in yuan, kept apart; what is not known is not printed."""

    lender: str
    product: str = ""  # the app or brand, for orientation only
    contract_number: str = ""
    signed_on: date | None = None
    contract_amount: Decimal | None = None
    received_amount: Decimal | None = None
    repaid_amount: Decimal | None = None
    claimed_amount: Decimal | None = None  # what the other side says is owed
    overdue_since: date | None = None
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One act, in time order: when, by which channel and number, to whom, in which exact words."""

    at: datetime
    at_precision: str = "minute"  # second | minute | day
    channel: str  # printed: 来电, 短信, 微信 …
    number: str = ""  # number or account the act came from
    whom: str = ""  # to whom: 本人, or a third person's alias
    kinds: tuple[str, ...] = ()  # printed labels: 威胁恐吓 …
    words: str = field(default="", metadata={VERBATIM: True})
    account: str = ""  # the complainant's own sentence on what happened
    present: str = ""  # who else was there
    exhibit: str = ""
    place: str = ""  # where in the exhibit: 第 12 条, 00:01:23
    serious: bool = False  # told in full; the others stand in the table only


@dataclass(frozen=True, kw_only=True)
class ActGroup:
    """One kind of conduct in a report to a regulator: four lines each."""

    conduct: str  # printed label
    description: str  # times, numbers, to whom: grown from the facts
    rules: str  # file and article
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One counted number with how it was counted."""

    label: str
    value: str
    method: str
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A statistics picture. `svg` carries no text that the fonts lack and no outside reference."""

    title: str
    svg: bytes
    alt: str  # what a person who cannot see it should know
    caption: str  # rule, version, time zone, days missing
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EarlierStep:
    """What was already done about it, and whether the conduct went on."""

    on: date
    to: str
    reference: str = ""
    outcome: str = ""
    continued: str = ""  # printed: 此后仍继续 …
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Citation:
    """One row of act – provision – exhibit. `wording` follows the provision's authority level."""

    act: str
    provision: str  # law with its version, article, clause
    wording: str = ""  # 涉嫌违反 … / 可供参考的行业规范 …
    quote: str = ""  # verified text only
    period: str = ""  # the days of the acts it covers
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AnswerLimit:
    """Within which time the addressee must do something, by the rule that says so."""

    what: str
    limit: str
    rule: str  # law with its version, article where it was read


@dataclass(frozen=True, kw_only=True)
class NumberRow:
    """One number that called or wrote."""

    number: str
    place: str = ""
    count: int
    first_at: datetime
    last_at: datetime
    tie: str = ""  # why it is thought to belong to the respondent
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ThirdPersonRow:
    """One third person who was contacted, by alias."""

    alias: str
    relation: str
    number: str = ""  # masked
    count: int
    first_at: datetime | None = None
    last_at: datetime | None = None
    told_of_debt: str = ""
    material: str = ""


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One visit to home or workplace, as the person noted it."""

    on: date
    at: str = ""  # as the person writes it
    place: str = ""
    who: str = ""
    what: str
    present: str = ""
    reported: str = ""  # to the police or the property, and its number
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Authorisation:
    """What somebody may do for the person; who that is stands in `PackageContent.agent`."""

    powers: tuple[str, ...]
    until: str = ""  # printed


@dataclass(frozen=True, kw_only=True)
class Harm:
    """One consequence, in the complainant's own words."""

    text: str
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class LenderConduct:
    """A report's section on the lender's own duties: question and answer."""

    question: str
    answer: str
    exhibits: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Told:
    """One question of the interview and the person's answer to it, as printed."""

    label: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Appeal:
    """What a follow-up asks to be looked at again, and why; the reasons are the person's own."""

    decision: tuple[Told, ...]  # who decided, the notice's number and day, their reason, the time
    reasons: str = ""
    new_evidence: str = ""
    basis: str = ""  # law with its version and article that lets the person ask
    quote: str = ""  # verified text only


@dataclass(frozen=True, kw_only=True)
class PackageContent:
    """Everything one package says, for one addressee."""

    case: str  # [A-Z0-9-], printed on each page and the folder's name
    document: DocumentKind
    title: str  # 控告书
    addressee: str  # the agency's full name
    complainant_role: str  # 控告人, 举报人
    respondent_role: str  # 被控告人, 被举报人
    bundle_time: datetime
    language: str = "zh-CN"
    sample: bool = False  # 样例 on every page
    review: Review = field(default_factory=Review)

    complainant: Person = field(default_factory=Person)
    agent: Person | None = None
    authorisation: Authorisation | None = None  # with an agent
    respondents: tuple[Respondent, ...] = ()
    matter: str = ""  # a report's one sentence, at most 40 characters; to the lender: the category
    requests: tuple[str, ...] = ()
    loan: Loan | None = None
    background: str = ""  # the complainant's own paragraph
    facts: tuple[Fact, ...] = ()
    act_groups: tuple[ActGroup, ...] = ()  # reports only
    lender_conduct: tuple[LenderConduct, ...] = ()  # reports only
    information: tuple[Told, ...] = ()  # a report on personal information: app, kinds, use
    figures: tuple[Figure, ...] = ()
    pictures: tuple[Picture, ...] = ()
    statistics_note: str = ""  # time zone, days missing, rule and version
    harm: tuple[Harm, ...] = ()
    earlier_steps: tuple[EarlierStep, ...] = ()
    citations: tuple[Citation, ...] = ()
    citations_note: str = ""
    appeal: Appeal | None = None  # follow-ups only
    not_debtor: str = ""  # a third person's notice: how they stand to the debt
    sent_by: str = ""  # a notice's way of delivery: mail number, address, ticket
    limits: tuple[AnswerLimit, ...] = ()  # to the lender and the local administration only
    numbers: tuple[NumberRow, ...] = ()
    third_persons: tuple[ThirdPersonRow, ...] = ()
    visits: tuple[Visit, ...] = ()
    attachments: tuple[str, ...] = ()  # beyond the evidence list, e.g. 身份证复印件

    exhibits: tuple[Exhibit, ...] = ()
    erased: tuple[str, ...] = ()  # one line for each former exhibit that a third person erased
    log: LogProof | None = None
    trust: bytes = b""  # trust.json, signed by the house key
    software: str = ""  # name and version that built it
    operator_name: str = ""  # who runs the installation
    operator_contact: str = ""
    withheld: Withheld = field(default_factory=Withheld)  # may stand nowhere in the package
    checker: bytes | None = None  # 4_CHECK.html as built; without it the package has none
