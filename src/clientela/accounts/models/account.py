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
    besides it are allauth's ``EmailAddress`` rows. ``name`` is the person's own spelling: no
    business can change it. ``phone`` is E.164. While no address is proved, ``expires_at`` says
    when the account ends and ``notice_at`` when its owner is next reminded; both are null from
    the proof on. ``is_operator`` runs the installation; ``is_support`` answers who writes to its support.
    """

    tenancy: ClassVar[Literal["global"]] = "global"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    birthday = models.DateField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    notice_at = models.DateTimeField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    is_support = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        """The two questions that the jobs ask of accounts nobody has proved; the few who answer for the support."""

        indexes: ClassVar = [
            # Which unproved accounts end now?
            models.Index(
                fields=["expires_at"],
                name="account_expires",
                condition=models.Q(expires_at__isnull=False),
            ),
            # Whose owner is to be reminded now?
            models.Index(
                fields=["notice_at"],
                name="account_notice",
                condition=models.Q(notice_at__isnull=False),
            ),
            models.Index(
                fields=["name"], name="account_support", condition=models.Q(is_support=True)
            ),
        ]

    def __str__(self) -> str:
        """Name the account without its address: this text reaches logs."""
        return f"account {self.pk}"

    def get_short_name(self) -> str:
        """How a greeting addresses the person."""
        return self.name.split(" ")[0] if self.name else ""
