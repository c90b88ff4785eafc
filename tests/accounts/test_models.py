"""accounts/models.py: users are names and roles, nothing else."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from accounts.models import User


@pytest.mark.django_db
def test_a_user_name_is_kept_in_lower_case():
    user = User.objects.create_user("Qing-He", "a long passphrase")

    assert user.username == "qing-he"
    assert User.objects.get_by_natural_key("QING-HE") == user


@pytest.mark.django_db
def test_the_database_refuses_a_role_it_does_not_know():
    with pytest.raises(IntegrityError):
        User.objects.create_user("qinghe", role="owner")


@pytest.mark.django_db
def test_only_roles_other_than_borrower_are_staff():
    assert not User(role="borrower").is_staff
    assert User(role="auditor").is_staff
