"""The thread of one person: found, or begun."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from clientela.accounts.models import Account
from clientela.business.models import Business
from clientela.business.plain_text import line
from clientela.platform import links
from clientela.rules.name_match import normalise_email
from clientela.support.errors import ThreadEmailInvalid
from clientela.support.models import Thread
from clientela.support.queries.threads import thread_of
from clientela.support.thread_links import put_fresh_link

_LONGEST_NAME: Final = 200


def open_thread(
    *,
    account: Account | None = None,
    secret: str = "",
    business: Business | None = None,
    name: str = "",
    email: str = "",
    language: str,
    now: datetime,
) -> Thread:
    """Return the account's thread, else the one of the browser that holds ``secret``; begun where there is none.

    A guest who has signed in takes along what they wrote in this browser if the account has no thread yet; the secret
    and any mailed link then open nothing any more. ``name`` and ``email`` are a guest's own word; given again they
    replace what was said before. Two who begin at once begin one. Refuses ``ThreadEmailInvalid``.
    """
    where = _address(email)
    with transaction.atomic():
        if account is not None:
            return _of_account(account, secret, business, language, now)
        found = thread_of(secret=secret, now=now)
        if found is None:
            fresh = Thread(
                secret_digest=links.digest(secret),
                business=business,
                name=line(name, limit=_LONGEST_NAME),
                email=where,
            )
            return _begun(fresh, language, now)
        return _renamed(found, line(name, limit=_LONGEST_NAME), where)


def keep_thread(*, account: Account, secret: str, now: datetime) -> Thread | None:
    """Let the account take over what its owner wrote in this browser before signing in, if it has no thread yet.

    Returns the account's thread, or ``None`` where there is neither.
    """
    with transaction.atomic():
        own = thread_of(account_id=account.pk, now=now)
        return own or _taken_along(account, secret, now)


def _of_account(
    account: Account, secret: str, business: Business | None, language: str, now: datetime
) -> Thread:
    own = keep_thread(account=account, secret=secret, now=now)
    return own or _begun(Thread(account=account, business=business), language, now)


def _taken_along(account: Account, secret: str, now: datetime) -> Thread | None:
    found = thread_of(secret=secret, now=now)
    if found is None:
        return None
    found.account, found.secret_digest, found.name, found.email = account, "", "", ""
    put_fresh_link(found)
    try:
        with transaction.atomic():
            found.save(
                update_fields=[
                    "account",
                    "secret_digest",
                    "name",
                    "email",
                    "mail_nonce",
                    "mail_digest",
                ]
            )
    except IntegrityError:  # the account began its own a moment ago
        return thread_of(account_id=account.pk, now=now)
    return found


def _begun(thread: Thread, language: str, now: datetime) -> Thread:
    thread.language, thread.begun_at, thread.last_at = language, now, now
    put_fresh_link(thread)
    try:
        with transaction.atomic():
            thread.save(force_insert=True)
    except IntegrityError:  # somebody began it a moment ago
        if thread.account_id:
            return Thread.objects.get(account=thread.account_id)
        return Thread.objects.get(secret_digest=thread.secret_digest)
    return thread


def _renamed(thread: Thread, name: str, email: str) -> Thread:
    said = {"name": name, "email": email}
    changed = [key for key, value in said.items() if value and value != getattr(thread, key)]
    if changed:
        for key in changed:
            setattr(thread, key, said[key])
        thread.save(update_fields=changed)
    return thread


def _address(email: str) -> str:
    where = normalise_email(email)
    if where:
        try:
            validate_email(where)
        except ValidationError as error:
            raise ThreadEmailInvalid(field="email") from error
    return where
