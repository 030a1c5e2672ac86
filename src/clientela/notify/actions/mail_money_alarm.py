"""The mail to the owners that something about money wants a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _, override

from clientela.business.models import Business, Membership, Role
from clientela.notify import money_letters
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.reader import Reader

NEWS, REFUND = "news", "refund"


def mail_money_alarm(*, business_id: UUID, what: str, now: datetime) -> None:
    """Queue it to each owner: ``what`` is ``NEWS`` (genuine, but wrong) or ``REFUND`` (money that will not go back)."""
    business = Business.objects.filter(pk=business_id).first()
    if business is None:
        return
    owners = Membership.objects.filter(role=Role.OWNER, ended_at__isnull=True)
    for owner in owners.select_related("account"):
        language = owner.account.language or business.language
        with override(language):
            letter = money_letters.money_alarm(
                Reader(
                    business=business.name,
                    language=language,
                    link=f"{settings.PUBLIC_URL}/desk/{business.slug}/settings/payments/",
                ),
                what=_sentence(what),
            )
        queue_account_mail(kind="money-alarm", address=owner.account.email, letter=letter, now=now)


def _sentence(what: str) -> str:
    if what == REFUND:
        return _(
            "The provider of your online payments will not give money back to a client. It has to go back another way."
        )
    return _(
        "The provider of your online payments told us something that does not fit what we asked for. Nothing was booked for it; please compare with the provider’s own page."
    )
