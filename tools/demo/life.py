"""Filling a seed with months of life: groups, regulars, then everybody else, day by day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.fields import parse_wall
from clientela.integrations.business_file.offer import ServiceEntry
from tools.demo.booking import Row, Scene, Visit, exact, status_of, told, wall
from tools.demo.crowd import Person, crowd_of
from tools.demo.day_book import DayBook, days
from tools.demo.dice import Dice
from tools.demo.payday import paid
from tools.demo.plots import Plot

WEEKS_BEHIND: Final = 10
WEEKS_AHEAD: Final = 9
# How likely a free moment is taken, by weeks from the anchor's: the near days are busy, the far ones open.
_FULLNESS: Final = (0.8, 0.7, 0.58, 0.45, 0.34, 0.26, 0.2, 0.14, 0.1)
_PAST_FULLNESS: Final = 0.8
_FREES: Final = frozenset({"cancelled", "declined"})
_WAITS: Final = frozenset({"requested", "confirmed", "attended"})
_WEEKS_OF_CREDITS: Final = 2
_SERIES_WEEKS: Final = 18
_QUIET_MINUTES: Final = 150
_QUIET_CHANCE: Final = 0.09  # asked again after each appointment
_PATIENCE: Final = 20  # draws until anybody will do


class Life:
    """The making of one business's clients, series, sessions and appointments."""

    def __init__(self, plot: Plot, document: BusinessFile) -> None:
        assert document.anchor is not None
        self.plot = plot
        self.document = document
        self.dice = Dice(plot.seed)
        self.scene = Scene(
            plot, document.anchor, document.locations[0].zone, document.business.language
        )
        self.services = {entry.key: entry for entry in document.services}
        self.crowd = crowd_of(plot, document, self.dice)
        start = document.anchor - timedelta(weeks=WEEKS_BEHIND)
        end = document.anchor + timedelta(weeks=WEEKS_AHEAD)
        self.books = {on: DayBook(document, on) for on in days(start, end)}
        self.series: list[Row] = []
        self.sessions: list[Row] = []
        self.appointments: list[Row] = []

    def live(self) -> dict[str, Any]:
        """Return the lively sections."""
        self._groups()
        self._parts()
        self._regulars()
        for book in self.books.values():
            for professional in self.plot.weights:
                self._day(book, professional)
        self._wait_for_credits()
        self.appointments.sort(key=lambda row: (row["starts"], row["professional"], row["client"]))
        parts: dict[str, Any] = {
            "clients": [self._card(person) for person in self.crowd],
            "series": self.series,
            "sessions": self.sessions,
            "appointments": self.appointments,
        }
        if self.plot.paid:
            parts["payouts"] = paid(
                self.appointments,
                professional=self.plot.paid,
                services=self.services,
                first_on=min(self.books),
                currency=self.document.business.currency,
            )
        return parts

    def _wait_for_credits(self) -> None:
        """The business began to sell credits two weeks ago: what came before was paid another way.

        Neither does what was booked for later than two weeks from now need one: a demo sells at each start.
        """
        weeks = timedelta(weeks=_WEEKS_OF_CREDITS)
        begins, ends = ((self.scene.anchor + way * weeks).isoformat() for way in (-1, 1))
        for row in self.appointments:
            waits = row.get("status", "confirmed") in _WAITS and begins <= row["starts"] < ends
            if waits and row["service"] in self.plot.credits:
                row["redemption"] = "pending"

    def _groups(self) -> None:
        service = self.services.get(self.plot.group)
        if service is None:
            return
        members = [self.crowd[number] for number in range(0, len(self.crowd), 5)]
        for book in self.books.values():
            for weekday, start in self.plot.groups:
                minute = parse_wall(f"{book.on}T{start}")[1]
                professional = service.professionals[0]
                rooms = book.room_for(service, professional, minute)
                if book.on.weekday() != weekday or rooms is None:
                    continue
                book.write(service, [professional, *rooms], minute)
                key = f"{service.key}-{book.on}"
                self.sessions.append({
                    "key": key, "service": service.key, "professional": professional,
                    "starts": wall(book.on, minute), "resources": rooms,
                    "created_at": self._founded(),
                })  # fmt: skip
                self._seats(book, service, key, minute, members)

    def _seats(
        self, book: DayBook, service: ServiceEntry, key: str, minute: int, members: list[Person]
    ) -> None:
        full = min(
            service.capacity, int(service.capacity * self._fullness(book.on)) + self.dice.below(3)
        )
        held = 0
        for _ in range(4 * service.capacity):
            person = self.dice.one_of(members)
            if held >= full or person.key in book.guests:
                continue
            visit = Visit(person, service, service.professionals[0], book.on, minute)
            status = status_of(visit, self.scene, self.dice)
            book.guests.add(person.key)
            row = self._told(visit, status)
            row["session"] = key
            if status not in _FREES:
                held += 1
                row["seat"] = held
            self.appointments.append(row)

    def _parts(self) -> None:
        """What the anchor's week holds for the guests of the plot."""
        people = {person.key: person for person in self.crowd}
        for client, professional, service_key, weekday, start in self.plot.parts:
            book = self.books[self.scene.anchor + timedelta(days=weekday)]
            minute = parse_wall(f"{book.on}T{start}")[1]
            visit = Visit(people[client], self.services[service_key], professional, book.on, minute)
            rooms = book.room_for(visit.service, professional, minute)
            assert rooms is not None, f"no room for {client}"
            self.appointments.append(self._told(visit, "attended", rooms=rooms, book=book))

    def _regulars(self) -> None:
        """Those who always come at the same time; their appointments are a series."""
        for number, (professional, service_key, weekday, start, every) in enumerate(
            self.plot.regulars
        ):
            person = self.crowd[len(self.plot.guests) + 7 * number]
            service = self.services[service_key]
            first = self.scene.anchor + timedelta(weeks=-WEEKS_BEHIND, days=weekday)
            asked_at = exact(first - timedelta(days=6), 11 * 60 + 5 * number, self.scene)
            rows = [
                row
                for week in range(0, _SERIES_WEEKS, every)
                if (
                    row := self._regular(
                        first + timedelta(weeks=week), person, service, professional, start
                    )
                )
            ]
            key = f"series-{number + 1}"
            self.appointments += [{**row, "series": key, "created_at": asked_at} for row in rows]
            self.series.append({
                "key": key, "client": person.key, "service": service.key,
                "every_weeks": every, "count": len(rows), "created_at": asked_at,
            })  # fmt: skip
            person.visits.append(asked_at.isoformat())

    def _regular(
        self, on: date, person: Person, service: ServiceEntry, professional: str, start: str
    ) -> Row | None:
        """One appointment of a series, booked by the front desk; ``None`` where the time is not free."""
        book = self.books[on]
        minute = parse_wall(f"{on}T{start}")[1]
        rooms = book.room_for(service, professional, minute)
        if rooms is None:
            return None
        visit = Visit(person, service, professional, on, minute)
        row = self._told(visit, status_of(visit, self.scene, self.dice), rooms=rooms, book=book)
        row |= {
            "channel": "staff",
            "door": "desk",
            "address_used": "",
            "device_zone": "",
            "client_note": "",
        }
        return row

    def _day(self, book: DayBook, professional: str) -> None:
        """Walk through someone's day and fill it."""
        fullness = self._fullness(book.on)
        for opens, closes in book.hours(professional):
            minute = opens
            while minute < closes - self._quiet(book.on):
                service = self.services[self.dice.weighted(self.plot.weights[professional])]
                minute += -minute % service.grid_minutes
                rooms = book.room_for(service, professional, minute)
                if rooms is None or not self.dice.chance(fullness):
                    minute += service.grid_minutes * (1 if rooms is None else 2)
                    continue
                visit = Visit(
                    self._someone(book, service, professional),
                    service,
                    professional,
                    book.on,
                    minute,
                )
                status = status_of(visit, self.scene, self.dice)
                self.appointments.append(self._told(visit, status, rooms=rooms, book=book))
                if status not in _FREES:
                    minute += service.duration_minutes + service.buffer_after_minutes

    def _told(
        self,
        visit: Visit,
        status: str,
        *,
        rooms: list[str] | None = None,
        book: DayBook | None = None,
    ) -> Row:
        """The row; what it occupies is written into the day."""
        row = told(visit, status=status, scene=self.scene, dice=self.dice)
        if book is not None and status not in _FREES:
            book.write(visit.service, [visit.professional, *(rooms or ())], visit.minute)
            book.guests.add(visit.person.key)
            row["resources"] = rooms or []
        return row

    def _someone(self, book: DayBook, service: ServiceEntry, professional: str) -> Person:
        """A client who has nothing else that day; people come back to whom they know."""
        remote = bool(self.plot.remote) and service.key == self.plot.remote
        best = self.crowd[0]
        for attempt in range(3 * _PATIENCE):
            best = self.dice.one_of(self.crowd)
            if best.key in book.guests or (best.abroad and not remote):
                continue
            knows = best.with_whom == professional or (remote and best.abroad)
            if (knows or attempt > _PATIENCE) and self.dice.chance(best.comes / 5):
                break
        return best

    def _fullness(self, on: date) -> float:
        week = (on - self.scene.anchor).days // 7
        return _PAST_FULLNESS if week < 0 else _FULLNESS[week]

    def _quiet(self, on: date) -> int:
        """Now and then the end of a stretch is left free: long services find a place too."""
        return _QUIET_MINUTES if on >= self.scene.anchor and self.dice.chance(_QUIET_CHANCE) else 0

    def _founded(self) -> datetime:
        created_at = self.document.business.created_at
        assert created_at is not None
        return created_at

    def _card(self, person: Person) -> dict[str, Any]:
        """The card, as old as the first booking or older."""
        first = min(person.visits, default=None)
        created = datetime.fromisoformat(first) if first else self._founded()
        if self.dice.chance(0.5):
            created = max(self._founded(), created - timedelta(days=30 + self.dice.below(400)))
        contacts: list[dict[str, Any]] = []
        if person.email:
            verified = self.dice.chance(0.6)
            proof = {"verified_at": created + timedelta(minutes=30)} if verified else {}
            contacts.append({"email": person.email, **proof})
        if person.phone:
            contacts.append({"phone": person.phone})
        return {
            "key": person.key, "name": person.name, "contacts": contacts,
            "language": person.language, "zone": person.zone, "note": person.note,
            "created_at": created,
        }  # fmt: skip
