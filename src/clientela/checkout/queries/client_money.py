"""The money side of one client: sales, what is owed, what is left to use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from clientela.booking.queries.pending_redemption import pending_redemption
from clientela.ledger.queries.balances import Balance, balances
from clientela.ledger.queries.client_sales import client_sales
from clientela.ledger.queries.sale_sums import SaleSums, sale_sums
from clientela.rules.sale_state import OUTSTANDING, SaleState

if TYPE_CHECKING:
    from clientela.booking.models import Appointment
    from clientela.ledger.models import Sale
    from clientela.people.models import Client


@dataclass(frozen=True, slots=True)
class SaleRow:
    """A sale with its sums."""

    sale: Sale
    sums: SaleSums

    @property
    def is_outstanding(self) -> bool:
        """Whether it waits for money: *pending payment*, of a sale only."""
        return SaleState(self.sale.state) in OUTSTANDING


@dataclass(frozen=True, slots=True)
class ClientMoney:
    """What was sold to a client, newest first; what they can use; what waits for a credit.

    Amounts are minor units of the business's currency.
    """

    sales: list[SaleRow]
    balances: list[Balance]
    pending: list[Appointment]

    @property
    def outstanding(self) -> list[SaleRow]:
        """The sales that wait for money, oldest first."""
        return [row for row in reversed(self.sales) if row.is_outstanding]

    @property
    def due_minor(self) -> int:
        """What they owe in all."""
        return sum(row.sums.due for row in self.outstanding)

    @property
    def kept_minor(self) -> int:
        """What they paid in all, less what they were given back."""
        return sum(row.sums.kept for row in self.sales)


def client_money(*, client: Client, on: date) -> ClientMoney:
    """Return the client's money and credits, as they can be used from the day ``on``. Nine queries at most."""
    sales = list(client_sales(client_id=client.pk))
    sums = sale_sums(sale_ids=[sale.pk for sale in sales]) if sales else {}
    return ClientMoney(
        sales=[SaleRow(sale, sums[sale.pk]) for sale in sales],
        balances=balances(client_id=client.pk, on=on),
        pending=pending_redemption(client_id=client.pk),
    )
