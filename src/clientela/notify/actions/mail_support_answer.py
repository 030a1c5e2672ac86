"""The mail that brings the support's answer to whoever has not looked at it."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _, override

from clientela.notify.account_letter import AccountLetter
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.safe_text import one_line
from clientela.support.models import Line, Side, Thread
from clientela.support.queries.threads import email_of
from clientela.support.thread_links import mail_token

KIND: Final = "support-answer"
_MOST_ANSWERS: Final = 5
_LONGEST_ROW: Final = 1_000


def mail_support_answer(*, thread_id: UUID, now: datetime) -> None:
    """Queue what was answered, in the conversation's language, unless the person has looked meanwhile.

    It goes to the account's own address, else to the one a guest gave, which nobody proved: so it counts in the budget of
    that address, says nothing of what was asked, and its link opens this one conversation.
    """
    thread = Thread.objects.select_related("account").filter(pk=thread_id, unseen__gt=0).first()
    address = email_of(thread) if thread else ""
    if thread is None or not address or (thread.account and not thread.account.is_active):
        return
    try:
        token = mail_token(thread)
    except LookupError:  # the key that made the link was lost: they read it where they asked
        return
    language = thread.language if thread.language in dict(settings.LANGUAGES) else "en"
    with override(language):
        letter = AccountLetter(
            language=language,
            subject=_("We have answered you"),
            headline=_("We have answered you"),
            sentences=(
                _("You wrote to us, and this is what we answered:"),
                *_rows(thread),
            ),
            button=_("Read and answer"),
            link=settings.PUBLIC_URL + reverse("chat:by-mail", args=[token]),
            why=_("You get this mail because you wrote to the support while signed in.")
            if thread.account
            else _(
                "You get this mail because this address was given in the support's chat. If it was not you, you need do nothing."
            ),
        )
    queue_account_mail(kind=KIND, address=address, letter=letter, now=now)


def _rows(thread: Thread) -> list[str]:
    """The unseen answers, oldest first, as the paragraphs they were written in."""
    answers = Line.objects.filter(thread=thread, side=Side.SUPPORT).order_by("-at", "-id")
    newest = list(answers[: min(thread.unseen, _MOST_ANSWERS)])
    rows = [row for one in reversed(newest) for row in one.body.split("\n")]
    return [one_line(row, longest=_LONGEST_ROW) for row in rows if row.strip()]
