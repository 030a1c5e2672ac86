"""What becomes of a wish that was taken down at the door: here, after the answer, it is looked up whose address it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from clientela.accounts.actions.ask_sign_up import SignUp
from clientela.accounts.actions.begin_account import begin_account
from clientela.accounts.errors import EmailTaken
from clientela.accounts.events import ResetAsked, SignUpAsked
from clientela.accounts.queries.account_at import account_at
from clientela.accounts.queries.proof_link import proof_link
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.platform import sealed
from clientela.platform.outbox import on
from clientela.web.sign_in import letters
from clientela.web.sign_in.entrance import with_next

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.accounts.models import Account
    from clientela.notify.account_letter import AccountLetter


@on(SignUpAsked)
def begin(event: SignUpAsked, *, now: datetime) -> None:
    """Begin the account, or leave the one that has the address untouched; the mailbox is told which."""
    try:
        wish = SignUp.of(event.parcel_id)
    except sealed.Unreadable:
        return
    account = _begun(wish, now)
    with override((account.language if account else "") or wish.language):
        kind, letter = _sign_up_letter(account, wish)
    queue_account_mail(kind=kind, address=wish.email, letter=letter, now=now)
    sealed.wipe(event.parcel_id, now=now)


@on(ResetAsked)
def reset(event: ResetAsked, *, now: datetime) -> None:
    """Mail the link, or say that there is none to mail. Only an address of a log-in leads to one, never a contact's."""
    try:
        asked = sealed.open_kept(event.parcel_id)
    except sealed.Unreadable:
        return
    account, _is_proved = account_at(asked["email"])
    if account is not None and account.expires_at is not None and account.expires_at <= now:
        account = None
    with override((account.language if account else "") or asked["language"]):
        kind, letter = _reset_letter(account)
    queue_account_mail(kind=kind, address=asked["email"], letter=letter, now=now)
    sealed.wipe(event.parcel_id, now=now)


def _begun(wish: SignUp, now: datetime) -> Account | None:
    """The new account, or the one that has the address (none, if that one is closed)."""
    try:
        return begin_account(wish=wish, now=now)
    except EmailTaken:
        account, _is_proved = account_at(wish.email)
        return account


def _sign_up_letter(account: Account | None, wish: SignUp) -> tuple[str, AccountLetter]:
    link = proof_link(account=account) if account is not None else ""
    if not link:
        return "sign_up_taken", letters.taken()
    return "sign_up_proof", letters.proof(link=with_next(link, wish.onward))


def _reset_letter(account: Account | None) -> tuple[str, AccountLetter]:
    if account is None:
        return "reset_unknown", letters.unknown()
    providers = _providers(account)
    if providers and not account.has_usable_password():
        return "reset_provider", letters.by_provider(providers=providers)
    key = default_token_generator.make_token(account)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(account), "key": key},
    )
    return "password_reset_key", letters.reset(link=path, has_one=account.has_usable_password())


def _providers(account: Account) -> list[str]:
    """The names of the providers an account is linked with, as people know them."""
    names = {one["key"]: one["name"] for one in settings.SOCIAL_PROVIDERS}
    rows = SocialAccount.objects.filter(user=account).order_by("pk")
    return list(dict.fromkeys(names.get(row.provider, row.provider.title()) for row in rows))
