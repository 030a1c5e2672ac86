"""What conversations tell a person who takes their data along, and what they forget of one who leaves."""

from __future__ import annotations

from clientela.conversations.actions.forget_client import forget_client
from clientela.conversations.queries.conversations_told import conversations_told
from clientela.people.erasers import erases_card
from clientela.people.exporters import tells_of_card

erases_card()(forget_client)
tells_of_card("conversations")(conversations_told)
