"""What booking tells a person who takes their data along, and what it forgets of one who leaves."""

from __future__ import annotations

from clientela.booking.actions.forget_client import (
    cancel_what_is_ahead,
    forget_client,
    keys_ahead,
)
from clientela.booking.actions.forget_waits import forget_waits
from clientela.booking.queries.appointments_told import appointments_told
from clientela.booking.queries.waits_told import waits_told
from clientela.people.erasers import erases_card, locked_before_erasing
from clientela.people.exporters import tells_of_card

locked_before_erasing(keys_ahead)
erases_card(first=True)(cancel_what_is_ahead)
erases_card()(forget_client)
erases_card()(forget_waits)
tells_of_card("appointments")(appointments_told)
tells_of_card("waiting_list")(waits_told)
