"""An upload that has just begun."""

from __future__ import annotations

import pytest
from django.test import Client

from evidence.models import Case
from tests.evidence.uploads.sender import SHA256, Sender


@pytest.fixture
def sender(borrower_browser: Client, case: Case) -> Sender:
    return Sender(borrower_browser, case, sha256=SHA256, filename="证据.pdf")
