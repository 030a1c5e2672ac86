"""Why something about a person's own data is not possible, as a sentence; other words are looked up in ``refusals``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, gettext_lazy

from clientela.platform.refusal import Refusal
from clientela.web import refusals

if TYPE_CHECKING:
    from django import forms
    from django.utils.functional import _StrPromise

PLAIN: dict[str, _StrPromise] = {
    "name-missing": gettext_lazy("Write your name."),
    "birthday-invalid": gettext_lazy("This cannot be a birthday. Write day, month and year."),
    "language-unknown": gettext_lazy("Choose a language from the list."),
    "zone-unknown": gettext_lazy("Choose a time zone from the list."),
    "address-stands": gettext_lazy("You have this address already, and it is confirmed."),
    "address-unknown": gettext_lazy("This is not one of your addresses."),
    "address-unproved": gettext_lazy("Confirm this address first: open the link in our email."),
    "primary-stays": gettext_lazy(
        "You sign in with this address. Choose another one for that first, then remove this one."
    ),
    "address-guarded": gettext_lazy(
        "This address can still undo your last change, so it stays for three days."
    ),
    "too-many-addresses": gettext_lazy(
        "That is more addresses than one person may have, or ask for in a day."
    ),
    "email-taken": gettext_lazy("This address belongs to another account by now."),
    "link-closed": gettext_lazy("This link was used, or its time is over."),
    "name-does-not-match": gettext_lazy(
        "The name is another one. Write it as it was given when the appointment was booked."
    ),
    "too-many-tries": gettext_lazy("Those were many tries. You can go on tomorrow."),
    "card-gone": gettext_lazy("This can no longer be joined to your account."),
    "account-unproved": gettext_lazy("Confirm your own address first: open the link in our email."),
    "welcome-for-another-address": gettext_lazy(
        "This invitation was mailed to another address than yours. Add that address to your account first."
    ),
    "quiet-time-invalid": gettext_lazy("Quiet hours need a beginning and an end."),
    "push-service-unknown": gettext_lazy(
        "Notices for this browser go by a service that is not known here."
    ),
    "push-keys-invalid": gettext_lazy("The browser did not say how it can be reached. Try again."),
    "push-not-ready": gettext_lazy("Notices cannot be switched on yet. Try again in some minutes."),
    "own-address": gettext_lazy("This address is yours already. Name the other one."),
    "too-many-joins": gettext_lazy("You have asked three times today. You can go on tomorrow."),
    "code-wrong": gettext_lazy("This is neither of the two codes. Read it again in the email."),
    "join-closed": gettext_lazy("The time for these codes is over. Ask for new ones."),
    "works-here": gettext_lazy(
        "That account works for a business here, so it stays on its own. Ask for the log-in of that work to be moved first."
    ),
    "account-gone": gettext_lazy("There is nothing left to act on."),
    "too-many-invitations": gettext_lazy(
        "You have asked three times today. You can go on tomorrow."
    ),
    "household-for-another-address": gettext_lazy(
        "This invitation was mailed to another address than yours. Add that address to your account first."
    ),
    "nothing-shared": gettext_lazy(
        "There is no business yet where both of you are clients. Come back to this link once both have booked."
    ),
    "in-another-household": gettext_lazy(
        "You belong to somebody else there already. Leave that household first."
    ),
    "not-in-household": gettext_lazy("That card belongs to no household of yours any more."),
    "too-many-children": gettext_lazy("These are more children than one person may add."),
    "request-ended": gettext_lazy("It has ended already."),
    "not-your-request": gettext_lazy("It has ended already."),
    "still-ahead": gettext_lazy("This appointment is still to come. Cancel it first."),
}


def sentence_of(refusal: Refusal) -> str:
    """Say why an action declined; never the raw word."""
    known = PLAIN.get(refusal.reason)
    if refusal.reason == "address-guarded" and refusal.facts.get("until"):
        return str(known)
    return str(known) if known is not None else refusals.of(refusal)


def put_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Add what an action refused to the form: to the field it names, else on top. Nothing typed is lost."""
    sentences = refusal.facts.get("sentences")
    words = list(sentences) if isinstance(sentences, list) else [sentence_of(refusal)]
    field = refusal.field if refusal.field in form.fields else None
    for sentence in words:
        form.add_error(field, sentence)


def nothing_changed(refusal: Refusal) -> str:
    """The same as a toast says it: what was not done comes with it."""
    return _("%(why)s Nothing was changed.") % {"why": sentence_of(refusal)}
