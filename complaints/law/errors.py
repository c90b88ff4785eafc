"""The errors of the law room: data that contradicts itself, and questions it cannot answer."""

from __future__ import annotations

from complaints.errors import ComplaintError


class LawDataError(ComplaintError):
    """The law data as shipped cannot be trusted; nothing is answered from it."""

    code = "law_data_broken"

    def __init__(self, file: str, entry: str, problem: str) -> None:
        super().__init__(f"{file}: {entry}: {problem}")
        self.file = file
        self.entry = entry
        self.problem = problem


class LawDataUnreadableError(LawDataError):
    """A file of the pack is missing, is not JSON, or lacks a field that every entry has."""

    code = "law_data_unreadable"


class DuplicateEntryError(LawDataError):
    """Two entries of one file carry the same id."""

    code = "law_data_duplicate"


class UnknownReferenceError(LawDataError):
    """An entry names a provision, kind, agency, lender type, rule or fact that is not there."""

    code = "law_data_unknown_reference"


class BadDateError(LawDataError):
    """A date cannot be read, ends before it begins, or a successor overlaps what it replaced."""

    code = "law_data_bad_date"


class BadLevelError(LawDataError):
    """An authority level or a severity lies outside its scale."""

    code = "law_data_bad_level"


class UnquotableError(LawDataError):
    """A provision is marked verified without its wording, or a clause is named it does not have."""

    code = "law_data_unquotable"


class UntranslatedError(LawDataError):
    """A text that people read stands in one language only."""

    code = "law_data_untranslated"


class UnknownProvisionError(ComplaintError):
    """There is no provision of this id."""

    code = "law_unknown_provision"

    def __init__(self, provision_id: str) -> None:
        super().__init__(f"no provision {provision_id!r}")
        self.provision_id = provision_id


class UnknownKindError(ComplaintError):
    """There is no kind of abuse of this code."""

    code = "law_unknown_kind"

    def __init__(self, kind: str) -> None:
        super().__init__(f"no kind {kind!r}")
        self.kind = kind


class UnknownAgencyError(ComplaintError):
    """There is no agency of this id."""

    code = "law_unknown_agency"

    def __init__(self, agency_id: str) -> None:
        super().__init__(f"no agency {agency_id!r}")
        self.agency_id = agency_id


class UnknownLenderTypeError(ComplaintError):
    """There is no lender type of this id."""

    code = "law_unknown_lender_type"

    def __init__(self, lender_type: str) -> None:
        super().__init__(f"no lender type {lender_type!r}")
        self.lender_type = lender_type


class UnknownFactError(ComplaintError):
    """A fact has a name we do not know, or a value of the wrong type."""

    code = "law_unknown_fact"

    def __init__(self, fact: str) -> None:
        super().__init__(f"fact {fact!r}: unknown name or wrong type")
        self.fact = fact


class NoKindsError(ComplaintError):
    """A severity was asked for with no kind of abuse named."""

    code = "law_no_kinds"

    def __init__(self) -> None:
        super().__init__("no kind of abuse is named")


class SeverityOutOfRangeError(ComplaintError):
    """The person chose a severity that the kinds named do not allow."""

    code = "law_severity_out_of_range"

    def __init__(self, *, level: int, floor: int, maximum: int) -> None:
        super().__init__(f"severity {level} is outside {floor}..{maximum}")
        self.level = level
        self.floor = floor
        self.maximum = maximum
