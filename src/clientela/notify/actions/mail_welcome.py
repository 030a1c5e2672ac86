"""The welcome mail: a business opens its door to a client it knows."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from clientela.notify import account_words
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.safe_text import first_name
from clientela.people.queries.card_by_welcome import PURPOSE
from clientela.people.queries.living_cards import living_cards
from clientela.platform import links


def mail_welcome(*, client_id: UUID, now: datetime) -> None:
    """Queue the welcome to the card's log-in e-mail, unless the person came in or the card went meanwhile.

    It passes no gate: without it nobody could ever activate anything. In the business's scope.
    """
    cards = living_cards().filter(pk=client_id, account__isnull=True)
    card = (
        cards.exclude(login_email="").exclude(welcome_digest="").select_related("business").first()
    )
    if card is None:
        return
    token = links.rederive(purpose=PURPOSE, nonce=card.welcome_nonce, digest=card.welcome_digest)
    language = card.language or card.business.language
    with override(language):
        letter = account_words.welcome(
            language=language,
            business=card.business.name,
            name=first_name(card.record_name),
            link=settings.PUBLIC_URL + reverse("client:welcome", args=[card.business.slug, token]),
        )
    queue_account_mail(kind="welcome", address=card.login_email, letter=letter, now=now)
