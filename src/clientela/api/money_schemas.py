"""The shapes of what is sold, paid and left: every field is listed, amounts are whole minor units."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from clientela.api.inputs import Day, Said, Stripped
from clientela.api.schemas import WRITTEN, AppointmentOut, Strict
from clientela.ledger.units import MOST_MINOR

Amount = Annotated[int, Field(strict=True, ge=1, le=MOST_MINOR)]
Price = Annotated[int, Field(strict=True, ge=0, le=MOST_MINOR)]
Note = Annotated[str, StringConstraints(max_length=200), Stripped]
Because = Annotated[str, StringConstraints(min_length=1, max_length=300), Said]
HandedOver = Literal["cash", "terminal", "transfer"]

MINOR = "In the currency's smallest unit, such as cents."


class PackageOut(Schema):
    """A package: credits of the services it covers, for one price."""

    id: UUID
    name: str
    description: str
    credits: int
    price_minor: int = Field(description=f"{MINOR} The tax is in it.")
    tax_basis_points: int = Field(description="The rate of that tax in hundredths of a per cent.")
    currency: str = Field(description="ISO 4217.")
    valid_count: int | None = Field(
        description="How many `valid_unit` its credits count from the application date; null: for ever."
    )
    valid_unit: str = Field(description="day or month.")
    sold_online: str = Field(
        description="Who may buy it without the desk: nobody, clients or anyone."
    )
    services: list[UUID] = Field(description="What its credits can be used for.")


class BalanceLineOut(Schema):
    """What is left of one sale's credits."""

    sale: UUID
    name: str
    services: list[UUID] = Field(description="What they can be used for.")
    credits: int = Field(description="How many were sold.")
    free: int = Field(description="How many are left.")
    applies_on: date = Field(description="The first day they count on.")
    valid_until: date | None = Field(description="The last day they count on; null: for ever.")


class StepOut(Schema):
    """One step of the history that explains the balance."""

    step: str = Field(
        description="granted, redeemed, returned, forfeited, reinstated or taken-back."
    )
    sale: UUID
    change: int = Field(description="Credits more to use, or fewer.")
    left: int = Field(description="What was left of that sale's credits afterwards.")
    appointment: UUID | None = Field(description="The appointment that was the cause.")
    lent: bool = Field(
        description="Whether that is an appointment of somebody else of the household."
    )
    happened_on: date = Field(description="The day from which it counts.")
    recorded_at: datetime = Field(description="When it became known.")


class BalanceOut(Schema):
    """A client's balance on a day, as known at a time."""

    on: date
    known_at: datetime
    balances: list[BalanceLineOut] = Field(
        description="Those with something left; first to end first."
    )
    steps: list[StepOut] = Field(
        description="Every step of the client's credits, as it became known."
    )


class PaymentOut(Schema):
    """Money that came for a sale, or went back."""

    id: UUID
    kind: str = Field(description="payment or refund.")
    method: str = Field(description="cash, terminal, transfer or online.")
    amount_minor: int = Field(description=MINOR)
    paid_on: date


class InvoiceOut(Schema):
    """A document that was issued for a sale."""

    id: UUID
    kind: str = Field(description="invoice or credit_note.")
    number: str
    issued_on: date
    gross_minor: int = Field(description=MINOR)
    net_minor: int
    tax_minor: int


class SaleOut(Schema):
    """A sale as it was agreed, and how far it is paid."""

    id: UUID
    client: UUID
    kind: str = Field(description="package, single or fee.")
    package: UUID | None
    service: UUID | None
    name: str
    credits: int
    price_minor: int = Field(description=f"{MINOR} The tax is in it.")
    net_minor: int
    tax_minor: int
    currency: str = Field(description="ISO 4217.")
    sold_on: date
    applies_on: date = Field(description="The application date: from when its credits count.")
    valid_until: date | None = Field(description="The last day they count on; null: for ever.")
    state: str = Field(description="pending_payment, partly_paid, paid, void or refunded.")
    paid_minor: int
    refunded_minor: int
    returned_minor: int = Field(description="How much of the price was taken back.")
    due_minor: int = Field(
        description="What is still to be paid; below zero: what the business has to give back."
    )
    appointment: UUID | None = Field(description="The appointment it was sold for.")
    redeems: list[UUID] = Field(description="The appointments that use its credits.")
    payments: list[PaymentOut]
    invoices: list[InvoiceOut]


class PreviewIn(Strict):
    """A sale that is thought of: a package, or one session of a service."""

    client: UUID
    package: UUID | None = Field(None, description="Either a package …")
    service: UUID | None = Field(None, description="… or one session of a service.")
    appointment: UUID | None = Field(
        None, description="The appointment that it is for: redeemed before all others."
    )
    applies_on: Day | None = Field(
        None, description="The application date. Absent: today, or an earlier day of `appointment`."
    )
    price_minor: Price | None = Field(None, description="Absent: the business's own price.")


class PaymentIn(Strict):
    """Money that was handed over."""

    method: HandedOver
    amount_minor: Amount = Field(description=f"{MINOR} At most what is due.")
    paid_on: Day | None = Field(None, description="Absent: today. At most a year back.")
    note: Note = ""


class SaleIn(PreviewIn):
    """A sale. Without a payment it is pending payment, and its credits count all the same."""

    professional: UUID | None = Field(None, description="Whose sale it is, for the reports.")
    payment: PaymentIn | None = None
    expects: Annotated[str, StringConstraints(max_length=64)] | None = Field(
        None,
        description="The `digest` of a preview: sell exactly that, or answer 409 `preview-changed`.",
    )


class PreviewLineOut(Schema):
    """An appointment that the sale would redeem."""

    appointment: UUID
    service: UUID
    start: str = Field(description="ISO 8601 with the offset of the place.", examples=[WRITTEN])
    number: int = Field(description="The number of the credit.")
    from_this_sale: bool = Field(description="False: a credit that the client has already.")


class PreviewOut(Schema):
    """What the sale would do, in the order in which it would do it."""

    price_minor: int
    currency: str
    applies_on: date
    valid_until: date | None
    redeems: list[PreviewLineOut]
    stays: list[UUID] = Field(description="The appointments that stay pending redemption.")
    left: int = Field(description="Credits of this sale that nothing uses yet.")
    digest: str = Field(description="A word for all of this, for `expects` of the sale.")


class VoidIn(Strict):
    """The end of a sale."""

    because: Because = Field(description="Kept with the sale; printed on a credit note.")
    refund_by: HandedOver | None = Field(
        None, description="How money goes back. Absent: as it was paid."
    )


class RefundIn(Strict):
    """Money that goes back; the credits stay."""

    amount_minor: Amount = Field(description=f"{MINOR} At most what was paid.")
    method: HandedOver | None = Field(None, description="Absent: as it was paid.")
    because: Because = Field(description="Kept in the audit trail; printed on a credit note.")


class ToSettleOut(Schema):
    """What waits for the staff."""

    pending: list[AppointmentOut] = Field(
        description="Appointments pending redemption, oldest start first, past ones included."
    )
    pending_count: int = Field(description="How many there are in all.")
    sales: list[SaleOut] = Field(description="Sales that are not fully paid, oldest first.")
    sales_count: int = Field(description="How many there are in all.")
