"""What notify tells a person who takes their data along, and what it forgets of one who leaves."""

from __future__ import annotations

from datetime import datetime

from clientela.accounts.erasers import erases_account
from clientela.accounts.session_endings import hears_sign_out
from clientela.business.events import BusinessClosed
from clientela.notify.actions.end_push_device import forget_devices_of_account
from clientela.notify.actions.forget_address_states import forget_address_states
from clientela.notify.actions.forget_addresses import (
    forget_account_mails,
    forget_client_messages,
    forget_direct_texts,
)
from clientela.notify.actions.tell_closing import tell_closing
from clientela.notify.queries.addresses_told import addresses_told
from clientela.notify.queries.messages_told import messages_told
from clientela.people.erasers import erases_card
from clientela.people.exporters import tells_of_card
from clientela.platform.outbox import on

erases_card(first=True)(forget_address_states)
erases_card(first=True)(forget_direct_texts)
erases_card()(forget_client_messages)
erases_account(forget_account_mails)
hears_sign_out(forget_devices_of_account)
tells_of_card("addresses")(addresses_told)
tells_of_card("messages")(messages_told)


@on(BusinessClosed, name="notify.tell-closing")
def tell(event: BusinessClosed, *, now: datetime) -> None:
    """Tell clients with appointments ahead, and the owners, that a business was given up."""
    tell_closing(business_id=event.business_id, now=now)
