"""What of the ledger follows a card that is taken up by another."""

from __future__ import annotations

from clientela.people.movers import repoints

repoints("ledger.Sale", "client")
repoints("ledger.Grant", "client")
