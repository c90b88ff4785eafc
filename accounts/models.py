"""Who acts: users, what they consented to, the paper code that lets them back in, invitations."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower

from .usernames import refuse_contact_data


class Role(models.TextChoices):
    """What a person does here. Every role but the first is staff."""

    BORROWER = "borrower", "Borrower"
    REVIEWER = "reviewer", "Reviewer"
    APPROVER = "approver", "Approver"
    AUDITOR = "auditor", "Auditor"
    OPERATOR = "operator", "Operator"


STAFF_ROLES = frozenset(Role) - {Role.BORROWER}


class Language(models.TextChoices):
    """The languages of the catalogue, by their folder names under `locale/`."""

    ZH_CN = "zh-CN", "简体中文"
    EN = "en", "English"


class UserManager(BaseUserManager["User"]):
    """Makes users; there is no super-user: staff come by `manage.py invite ROLE`."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """Keep a new user; `password` None makes an account that cannot sign in."""
        user = self.model(username=self.model.normalize_username(username).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find a user by name; case does not count."""
        return self.get(username=self.model.normalize_username(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in, known by a chosen name only: no e-mail, phone or real name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        max_length=64,
        unique=True,
        validators=[UnicodeUsernameValidator(), refuse_contact_data],
    )
    role = models.CharField(max_length=16, choices=Role, default=Role.BORROWER)
    language = models.CharField(max_length=8, choices=Language, default=Language.ZH_CN)
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)  # made by DEMO=1; everything it owns says 样例
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="accounts_user_role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(username=Lower("username")),
                name="accounts_user_username_is_lower",
            ),
        ]

    def __str__(self) -> str:
        """The id: a user name belongs in no log line or message."""
        return str(self.pk)

    @property
    def is_staff(self) -> bool:
        """Whether the role is one of ours; Django's own pages ask by this name."""
        return self.role in STAFF_ROLES


class Consent(models.Model):
    """One person agreed to one purpose, in the words of one version of the text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consents"
    )
    purpose = models.CharField(max_length=32)
    text_version = models.CharField(max_length=32)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="accounts_consent_one_standing_per_purpose",
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class RecoveryCode(models.Model):
    """The paper code of one user, stored as an Argon2 hash; used once, replaced when made anew."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="recovery_code",
    )
    hashed = models.CharField(max_length=256)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        """The id of the user it lets back in."""
        return str(self.pk)


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    """Which requests stand."""

    def waiting(self) -> ErasureRequestQuerySet:
        """Neither taken back nor carried out."""
        return self.filter(cancelled_at__isnull=True, done_at__isnull=True)


class ErasureRequest(models.Model):
    """A person asked that an item, a case or the account be erased. A working row: ids and times.

    `begun_at` is set before anything is destroyed: from then on nobody takes it back.
    """

    class Scope(models.TextChoices):
        """What `subject_id` is the id of."""

        ITEM = "item", "One item"
        CASE = "case", "One case"
        ACCOUNT = "account", "The account"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="erasure_requests"
    )
    scope = models.CharField(max_length=8, choices=Scope)
    subject_id = models.UUIDField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    objects = ErasureRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cancelled_at__isnull=True) | models.Q(begun_at__isnull=True),
                name="accounts_erasurerequest_is_taken_back_or_begun",
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)


class Invitation(models.Model):
    """A one-time code that makes one account staff; stored by its digest only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code_sha256 = models.CharField(max_length=64, unique=True)  # lower-case hex
    role = models.CharField(max_length=16, choices=Role)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(STAFF_ROLES)),
                name="accounts_invitation_role_is_staff",
            )
        ]

    def __str__(self) -> str:
        """The id."""
        return str(self.pk)
