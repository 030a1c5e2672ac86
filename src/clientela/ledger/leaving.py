"""What the ledger tells a person who takes their data along, and what it forgets of one who leaves."""

from __future__ import annotations

from clientela.ledger.actions.forget_client import forget_client
from clientela.ledger.queries.sales_told import credits_told, sales_told
from clientela.people.erasers import erases_card
from clientela.people.exporters import tells_of_card

erases_card()(forget_client)
tells_of_card("sales")(sales_told)
tells_of_card("sessions_left")(credits_told)
