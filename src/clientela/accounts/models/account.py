"""Account: one human's log-in, across all businesses of the installation."""

from __future__ import annotations

from typing import ClassVar, Literal

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from clientela.platform.ids import uuid7
from clientela.rules.name_match import normalise_email


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by the one spelling in which log-in addresses are kept."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """Return the account with this log-in address, however it was typed."""
        return self.get(email=normalise_email(username or ""))


class Account(AbstractBaseUser):
    """A log-in. It knows no business: memberships and client cards point at it.

    ``email`` is the primary log-in address, kept normalised; the addresses proved
    besides it are allauth's ``EmailAddress`` rows.
    """

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        """Name the account without its address: this text reaches logs."""
        return f"account {self.pk}"

    def get_short_name(self) -> str:
        """How a greeting addresses the person."""
        return self.name.split(" ")[0] if self.name else ""
