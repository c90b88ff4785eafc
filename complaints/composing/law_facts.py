"""The answers of the interview that decide addressees, severity and citations."""

from __future__ import annotations

from complaints.law.facts import NAMES, Facts
from complaints.models import Complaint


def told(complaint: Complaint) -> Facts:
    """The facts that the person told; what was not answered is not true."""
    answers = complaint.answers
    return Facts.from_json({name: answers[name] for name in NAMES if name in answers})
