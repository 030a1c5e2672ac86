"""Create a log-in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from clientela.accounts.errors import EmailTaken, PasswordRefused
from clientela.accounts.models import Account
from clientela.accounts.typed_email import checked_email
from clientela.platform import audit

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.platform.actor import Actor


def create_account(  # noqa: PLR0913 -- every fact of an account has its name
    *,
    email: str,
    name: str,
    password: str | None,
    language: str = "",
    zone: str = "",
    is_operator: bool = False,
    password_hash: str = "",
    by: Actor,
    now: datetime,
) -> Account:
    """Create an account whose address the caller has proved: by an invitation's link, or at the console.

    Without a password (``None``) the person comes in by a code mailed to the address.
    Refuses ``EmailInvalid``, ``PasswordRefused`` and ``EmailTaken``; an account that exists is never touched.
    Hashing is made to be slow: who gives many accounts the same password may hash it once and hand that
    over as ``password_hash``; the password is judged all the same.
    """
    address = checked_email(email)
    account = Account(
        email=address,
        name=" ".join(name.split())[:200],
        language=language,
        zone=zone,
        is_operator=is_operator,
        created_at=now,
    )
    if password is not None:
        _check_password(password, account)
    account.password = password_hash or make_password(password)
    try:
        with transaction.atomic():
            account.save(force_insert=True)
            EmailAddress.objects.create(user=account, email=address, verified=True, primary=True)
            audit.note(action="account-created", subject=account, by=by, now=now)
    except IntegrityError as error:
        raise EmailTaken(field="email") from error
    return account


def _check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise PasswordRefused(field="password", sentences=list(error.messages)) from error
