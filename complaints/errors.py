"""The errors of complaints: each has a stable `code` that is part of the API."""

from __future__ import annotations


class ComplaintError(Exception):
    """Something about a complaint could not be done; `code` says what, for ever."""

    code = "complaint_error"


class ForeignItemError(ComplaintError):
    """The item belongs to another case."""

    code = "item_of_another_case"
