"""Begin a log-in that nobody has proved yet."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from clientela.accounts.actions.end_account import end_account
from clientela.accounts.actions.start_proof_clock import start_proof_clock
from clientela.accounts.errors import EmailTaken
from clientela.accounts.models import Account
from clientela.platform import audit
from clientela.platform.actor import Actor
from clientela.platform.locking import lock
from clientela.rules.name_match import normalise_email, normalise_name

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.accounts.actions.ask_sign_up import SignUp


def begin_account(*, wish: SignUp, now: datetime) -> Account:
    """Make the account of a sign-up: unproved, holding nothing, and gone in seven days unless its mailbox is proved.

    Refuses ``EmailTaken`` when any account has the address, as log-in or alias, proved or not; that account is not
    touched (trust row 2). One whose seven days are over is in nobody's way, whether or not its row still stands.
    """
    address = normalise_email(wish.email)
    try:
        with transaction.atomic():
            lock(keys=[f"login-address:{address}"])
            _end_expired(address, now=now)
            if EmailAddress.objects.filter(email=address).exists():
                raise EmailTaken(field="email")
            return _make(wish, address, now=now)
    except IntegrityError as error:
        raise EmailTaken(field="email") from error


def _end_expired(address: str, *, now: datetime) -> None:
    row = Account.objects.select_for_update().filter(email=address, expires_at__lte=now).first()
    if row is not None:
        end_account(
            account=row, because="not proved in seven days", by=Actor.system("accounts"), now=now
        )


def _make(wish: SignUp, address: str, *, now: datetime) -> Account:
    account = Account(
        id=UUID(wish.account_id),
        email=address,
        name=normalise_name(wish.name)[:200],
        language=wish.language,
        zone=wish.zone,
        created_at=now,
        password=wish.password_hash or make_password(None),
    )
    account.save(force_insert=True)
    EmailAddress.objects.create(user=account, email=address, verified=False, primary=True)
    audit.note(action="account-begun", subject=account, by=Actor.guest(), now=now)
    return start_proof_clock(account=account, now=now)
