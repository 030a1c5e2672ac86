"""What checkout tells a person who takes their data along, and what it forgets of one who leaves."""

from __future__ import annotations

from clientela.checkout.actions.forget_client import forget_client
from clientela.checkout.queries.cards_told import cards_told
from clientela.people.erasers import erases_card
from clientela.people.exporters import tells_of_card

erases_card()(forget_client)
tells_of_card("payment_cards")(cards_told)
