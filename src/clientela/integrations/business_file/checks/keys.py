"""Every key and id stands once, and every reference finds something of the right kind."""

from __future__ import annotations

from collections.abc import Container, Iterable
from uuid import UUID

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.index import Index
from clientela.integrations.business_file.problems import Problems
from clientela.integrations.business_file.rows import rows_with_ids

_KEYED = (
    "locations", "services", "packages", "clients", "series", "sessions", "sales", "payments", "invoices",
)  # fmt: skip


def check_keys(document: BusinessFile, *, problems: Problems) -> None:
    """Note keys and ids that stand twice. Professionals and resources share their keys."""
    for section in _KEYED:
        seen: dict[str, str] = {}
        _each_once(seen, section, _numbered(document, section), problems)
    booked = (
        (number, entry.key) for number, entry in enumerate(document.appointments) if entry.key
    )
    _each_once({}, "appointments", booked, problems)
    occupiable: dict[str, str] = {}
    for section in ("professionals", "resources"):
        _each_once(occupiable, section, _numbered(document, section), problems)
    ids: dict[UUID, str] = {}
    for row in rows_with_ids(document):
        if row.id in ids:
            problems.add(f"is the id of {ids[row.id]} too", *row.place, "id")
        ids[row.id] = "/" + "/".join(map(str, row.place))


def _numbered(document: BusinessFile, section: str) -> Iterable[tuple[int, str]]:
    return enumerate(entry.key for entry in getattr(document, section))


def _each_once(
    seen: dict[str, str], section: str, keys: Iterable[tuple[int, str]], problems: Problems
) -> None:
    for number, key in keys:
        if key in seen:
            problems.add(f'"{key}" is the key of {seen[key]} too', section, number, "key")
        seen[key] = f"/{section}/{number}"


def check_references(document: BusinessFile, *, index: Index, problems: Problems) -> None:
    """Note every key that names nothing."""
    look = _Looker(index, problems)
    for number, resource in enumerate(document.resources):
        if resource.location is not None:
            look.location(resource.location, "resources", number, "location")
    for number, member in enumerate(document.staff):
        look.up(member.professional, index.professionals, "staff", number, "professional")
    for number, service in enumerate(document.services):
        for step, key in enumerate(service.professionals):
            look.up(key, index.professionals, "services", number, "professionals", step)
        for which, need in enumerate(service.needs):
            for step, key in enumerate(need.any_of):
                look.up(key, index.resources, "services", number, "needs", which, "any_of", step)
    for number, package in enumerate(document.packages):
        for step, key in enumerate(package.services):
            look.up(key, index.services, "packages", number, "services", step)
    _card_references(document, look, index)
    _merge_references(document, look, index)
    _message_references(document, look, index)
    _timetable_references(document, look, index)
    _booking_references(document, look, index)
    _money_references(document, look, index)


def _card_references(document: BusinessFile, look: _Looker, index: Index) -> None:
    """A card that was taken up names the card that stands, in one step: so no chain is ever followed."""
    for number, client in enumerate(document.clients):
        look.up(client.bound_to, index.professionals, "clients", number, "bound_to")
        look.up(client.merged_into, index.clients, "clients", number, "merged_into")
        into = index.clients.get(client.merged_into or "")
        if into is not None and into.merged_into is not None:
            look.problems.add("was itself taken up by another", "clients", number, "merged_into")

    for number, home in enumerate(document.households):
        for step, one in enumerate(home.members):
            for word in ("client", "guardian"):
                at = ("households", number, "members", step, word)
                look.up(getattr(one, word), index.clients, *at)


def _merge_references(document: BusinessFile, look: _Looker, index: Index) -> None:
    for number, entry in enumerate(document.merges):
        for word in ("survivor", "absorbed"):
            look.up(getattr(entry, word), index.clients, "merges", number, word)
        for step, one in enumerate(entry.questions):
            at = ("merges", number, "questions", step, "decided_for")
            look.up(one.decided_for, index.clients, *at)
    for number, said in enumerate(document.said_of_pairs):
        for word in ("first", "second"):
            look.up(getattr(said, word), index.clients, "said_of_pairs", number, word)


def _message_references(document: BusinessFile, look: _Looker, index: Index) -> None:
    for number, rule in enumerate(document.messages.rules):
        look.up(rule.service, index.services, "messages", "rules", number, "service")
    for number, thread in enumerate(document.conversations):
        look.up(thread.client, index.clients, "conversations", number, "client")


def _timetable_references(document: BusinessFile, look: _Looker, index: Index) -> None:
    for section in ("hours", "exceptions", "time_off"):
        for number, entry in enumerate(getattr(document, section)):
            look.occupiable(entry.resource, section, number, "resource")
            if section != "time_off":
                look.location(entry.location, section, number, "location")
    for number, closure in enumerate(document.closures):
        look.location(closure.location, "closures", number, "location")
    for number, series in enumerate(document.series):
        look.up(series.client, index.clients, "series", number, "client")
        look.up(series.service, index.services, "series", number, "service")


def _booking_references(document: BusinessFile, look: _Looker, index: Index) -> None:
    for section in ("sessions", "appointments"):
        for number, entry in enumerate(getattr(document, section)):
            look.up(entry.service, index.services, section, number, "service")
            look.up(entry.professional, index.professionals, section, number, "professional")
            look.location(entry.location, section, number, "location")
            for step, key in enumerate(entry.resources):
                look.up(key, index.resources, section, number, "resources", step)
    for number, appointment in enumerate(document.appointments):
        look.up(appointment.client, index.clients, "appointments", number, "client")
        look.up(appointment.session, index.sessions, "appointments", number, "session")
        look.up(appointment.series, index.series, "appointments", number, "series")
    for number, wait in enumerate(document.waiting):
        look.up(wait.client, index.clients, "waiting", number, "client")
        look.up(wait.service, index.services, "waiting", number, "service")
        look.up(wait.professional, index.professionals, "waiting", number, "professional")
        look.location(wait.location, "waiting", number, "location")


def _money_references(document: BusinessFile, look: _Looker, index: Index) -> None:
    for number, sale in enumerate(document.sales):
        look.up(sale.client, index.clients, "sales", number, "client")
        look.up(sale.package, index.packages, "sales", number, "package")
        look.up(sale.service, index.services, "sales", number, "service")
        look.up(sale.professional, index.professionals, "sales", number, "professional")
        for step, key in enumerate(sale.grant.services if sale.grant else ()):
            look.up(key, index.services, "sales", number, "grant", "services", step)
    for number, payment in enumerate(document.payments):
        look.up(payment.sale, index.sales, "payments", number, "sale")
        look.up(payment.refund_of, index.payments, "payments", number, "refund_of")
    for number, invoice in enumerate(document.invoices):
        look.up(invoice.sale, index.sales, "invoices", number, "sale")
        look.up(invoice.corrects, index.invoices, "invoices", number, "corrects")


class _Looker:
    """Looks a key up and notes the place where it leads nowhere."""

    def __init__(self, index: Index, problems: Problems) -> None:
        self.index = index
        self.problems = problems

    def up(self, key: str | None, among: Container[str], *place: str | int) -> None:
        """A key that may be left out."""
        if key is not None and key not in among:
            self.problems.add(f'"{key}" is not in this file', *place)

    def occupiable(self, key: str, *place: str | int) -> None:
        """A professional, a room or a piece of equipment."""
        if not self.index.occupies(key):
            self.problems.add(f'no professional or resource has the key "{key}"', *place)

    def location(self, key: str | None, *place: str | int) -> None:
        """A location; it may be left out where there is only one."""
        if key is None and self.index.only_location is None:
            self.problems.add("is missing; this business has several locations", *place)
        self.up(key, self.index.locations, *place)
