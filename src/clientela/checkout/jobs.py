"""Due work of checkout. Every function calls providers, so none runs in a transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from clientela.checkout.actions.forget_cards import forget_cards
from clientela.checkout.actions.forget_waiting_news import forget_waiting_news
from clientela.checkout.actions.reconcile import READ_EVERY, read_lost_news, reconcile
from clientela.checkout.actions.renew_secrets import renew_secrets
from clientela.checkout.actions.send_refunds import send_refunds
from clientela.checkout.actions.simulate_payment import tell_simulated_news
from clientela.platform.jobs import due_work


@due_work("checkout.reconcile", every=timedelta(minutes=1))
def look_up_attempts(now: datetime) -> int:
    """Look up payments that are due to be looked at."""
    return reconcile(now=now)


@due_work("checkout.read-lost-news", every=READ_EVERY)
def learn_lost_news(now: datetime) -> int:
    """Learn what a provider said and we never heard. It is not asked again at once, whatever it found."""
    read_lost_news(now=now)
    return 0


@due_work("checkout.send-refunds", every=timedelta(seconds=15))
def refund(now: datetime) -> int:
    """Carry out refunds."""
    return send_refunds(now=now)


@due_work("checkout.tell-simulated-news", every=timedelta(seconds=5))
def tell_news(now: datetime) -> int:
    """Push what the simulated provider has to tell; nothing outside a demo or a test."""
    return tell_simulated_news(now=now)


@due_work("checkout.forget-waiting-news", every=timedelta(days=1))
def forget_news(now: datetime) -> int:
    """Stop waiting for payments that never came to us."""
    return forget_waiting_news(now=now)


@due_work("checkout.forget-cards", every=timedelta(hours=1))
def forget_removed_cards(now: datetime) -> int:
    """Have providers forget the cards that were removed. A silent one is asked again in an hour, not at once."""
    forget_cards(now=now)
    return 0


@due_work("checkout.renew-secrets", every=timedelta(hours=6))
def reseal(now: datetime) -> int:
    """Seal providers' secrets with the present key."""
    return renew_secrets(now=now)
