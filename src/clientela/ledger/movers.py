"""What of the ledger follows a card that is taken up by another. Whose a sale is, booking knows (``booking/movers.py``)."""

from __future__ import annotations

from clientela.people.movers import repoints
from clientela.people.partings import follows

repoints("ledger.Sale", "client")
repoints("ledger.Grant", "client")
follows("ledger.Grant", "client", of="sale", step=3)
