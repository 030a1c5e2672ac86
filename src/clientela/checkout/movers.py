"""What of checkout follows a card that is taken up by another."""

from __future__ import annotations

from clientela.people.movers import repoints, stays

repoints("checkout.PaymentAttempt", "client")
stays("checkout.KeptCard", "client", why="a card was kept with one person's consent, for one card")
