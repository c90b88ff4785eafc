"""The sign-up form: what allauth asks, plus the language, and a staff invitation if one is held."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from . import invitations
from .errors import InvitationRefusedError
from .models import Language, User


class SignupForm(forms.Form):
    """Added to allauth's sign-up by ACCOUNT_SIGNUP_FORM_CLASS."""

    language = forms.ChoiceField(choices=Language.choices, required=False)
    invitation = forms.CharField(max_length=128, required=False)

    def clean_invitation(self) -> str:
        """Refuse a code that opens nothing before an account is made for it."""
        code = str(self.cleaned_data["invitation"])
        if code:
            try:
                invitations.find(code)
            except InvitationRefusedError as refusal:
                raise ValidationError("invitation", code=refusal.code) from refusal
        return code

    def clean(self) -> dict[str, Any]:
        """Refuse a passphrase that is nearly the user name; allauth checks it without the name."""
        cleaned: dict[str, Any] = super().clean() or {}
        named = User(username=str(cleaned.get("username", "")))
        try:
            UserAttributeSimilarityValidator(user_attributes=["username"]).validate(
                str(cleaned.get("password", "")), named
            )
        except ValidationError as mistake:
            self.add_error("password", mistake)
        return cleaned

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the language and accept the invitation; allauth calls this with the new user."""
        if language := self.cleaned_data.get("language"):
            user.language = language
            user.save(update_fields=["language"])
        if code := self.cleaned_data.get("invitation"):
            invitations.accept(code, user)
