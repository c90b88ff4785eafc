"""The rows of complaints."""

from complaints.models.complaints import Complaint, Exhibit
from complaints.models.filings import Filing, FilingOutcome
from complaints.models.packages import Package
from complaints.models.redactions import Redaction
from complaints.models.reviews import ReviewClaim, ReviewDecision, ReviewNote

__all__ = [
    "Complaint",
    "Exhibit",
    "Filing",
    "FilingOutcome",
    "Package",
    "Redaction",
    "ReviewClaim",
    "ReviewDecision",
    "ReviewNote",
]
