"""The rows of complaints."""

from complaints.models.complaints import Complaint, Exhibit
from complaints.models.filings import Filing, FilingOutcome
from complaints.models.packages import Package
from complaints.models.redactions import Redaction
from complaints.models.reviews import ReviewClaim, ReviewDecision, ReviewNote
from complaints.models.witnesses import (
    LinkState,
    WitnessForm,
    WitnessItem,
    WitnessLink,
    WitnessStatement,
)

__all__ = [
    "Complaint",
    "Exhibit",
    "Filing",
    "FilingOutcome",
    "LinkState",
    "Package",
    "Redaction",
    "ReviewClaim",
    "ReviewDecision",
    "ReviewNote",
    "WitnessForm",
    "WitnessItem",
    "WitnessLink",
    "WitnessStatement",
]
