"""The whole file."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from clientela.integrations.business_file.bookings import (
    AppointmentEntry,
    SeriesEntry,
    SessionEntry,
)
from clientela.integrations.business_file.families import HouseholdEntry
from clientela.integrations.business_file.fields import Entry
from clientela.integrations.business_file.merges import MergeEntry, SaidOfPairEntry
from clientela.integrations.business_file.messages import ConversationEntry, MessagesEntry
from clientela.integrations.business_file.money import (
    InvoiceEntry,
    MovementEntry,
    PaymentEntry,
    SaleEntry,
)
from clientela.integrations.business_file.offer import PackageEntry, ServiceEntry
from clientela.integrations.business_file.payouts import MarkersEntry, PayoutsEntry
from clientela.integrations.business_file.people import ClientEntry
from clientela.integrations.business_file.premises import (
    BusinessEntry,
    LocationEntry,
    ProfessionalEntry,
    ResourceEntry,
    StaffEntry,
)
from clientela.integrations.business_file.timetable import (
    ClosureEntry,
    ExceptionEntry,
    HoursEntry,
    TimeOffEntry,
)
from clientela.integrations.business_file.waiting import WaitEntry


def _monday(on: date | None) -> date | None:
    if on is not None and on.weekday():
        msg = "must be a Monday"
        raise ValueError(msg)
    return on


class BusinessFile(Entry):
    """One business, whole. ``clientela`` is the version of this format: a file of the first one has no ``merges``.

    ``anchor`` is the Monday that the dates were written around; ``import --anchor-today`` moves
    every date by whole weeks until the anchor's week is this one.
    """

    clientela: Literal[1, 2]
    anchor: Annotated[date | None, AfterValidator(_monday)] = None
    business: BusinessEntry
    locations: Annotated[list[LocationEntry], Field(min_length=1)]
    professionals: list[ProfessionalEntry] = []
    resources: list[ResourceEntry] = []
    services: list[ServiceEntry] = []
    packages: list[PackageEntry] = []
    staff: list[StaffEntry] = []
    hours: list[HoursEntry] = []
    exceptions: list[ExceptionEntry] = []
    time_off: list[TimeOffEntry] = []
    closures: list[ClosureEntry] = []
    messages: MessagesEntry = MessagesEntry()
    clients: list[ClientEntry] = []
    households: list[HouseholdEntry] = []
    merges: list[MergeEntry] = []
    said_of_pairs: list[SaidOfPairEntry] = []
    conversations: list[ConversationEntry] = []
    series: list[SeriesEntry] = []
    sessions: list[SessionEntry] = []
    appointments: list[AppointmentEntry] = []
    waiting: list[WaitEntry] = []
    markers: MarkersEntry = MarkersEntry()
    payouts: PayoutsEntry = PayoutsEntry()
    sales: list[SaleEntry] = []
    payments: list[PaymentEntry] = []
    invoices: list[InvoiceEntry] = []
    movements: list[MovementEntry] = []
