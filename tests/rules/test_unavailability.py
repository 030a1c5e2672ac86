"""A start has no reason against it iff it is offered; and the reasons are the right ones."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings, strategies as st

from clientela.rules.availability import grid_mask, mask_of, open_mask, window_mask
from clientela.rules.booking_window import BookingWindow, window_interval
from clientela.rules.frame import Frame
from clientela.rules.slots import ServiceTime, SessionSeats, offered_slots
from clientela.rules.unavailability import (
    Gate,
    NeedFacts,
    ResourceFacts,
    Terms,
    Unavailable,
    Why,
    explain_session_start,
    explain_start,
    explain_wall_start,
)
from clientela.rules.weekly_hours import Closure, HoursRow, WeeklyHours

PROVE = os.environ.get("CLIENTELA_PROVE") == "1"
ZONE = "Europe/Madrid"
FRAME = Frame(
    datetime(2026, 6, 1, 22, tzinfo=UTC) - timedelta(days=1), 3 * 288
)  # Monday, on the wall
MONDAY = date(2026, 6, 1)
ANA, BEA, ROOM = UUID(int=1), UUID(int=2), UUID(int=3)
NOW = datetime(2026, 6, 1, 6, tzinfo=UTC)  # 08:00 on the wall
TERMS = Terms(ServiceTime(30, 0, 10), 15, ZONE, BookingWindow(60, 1))
HOURS = open_mask(
    hours=WeeklyHours((HoursRow(0, 540, 750), HoursRow(0, 810, 1080), HoursRow(1, 540, 750))),
    zone_name=ZONE,
    frame=FRAME,
)


def wall(hour: int, minute: int = 0, day: int = 1) -> datetime:
    """A Madrid reading of early June, as UTC."""
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC) - timedelta(hours=2)


def busy(*spans: tuple[datetime, datetime]) -> int:
    return mask_of(spans=spans, frame=FRAME)


def facts(who: UUID = ANA, **masks: int) -> ResourceFacts:
    return ResourceFacts(who, **{"busy": 0, "hours": HOURS, **masks})


def why(
    start: datetime,
    *people: ResourceFacts,
    rooms: tuple[ResourceFacts, ...] | None = None,
    **rest: object,
) -> list[Why]:
    needs = [NeedFacts("professional", people or (facts(),))]
    if rooms is not None:
        needs.append(NeedFacts("room", rooms))
    arguments = {"now": NOW, "terms": TERMS, "needs": needs, "frame": FRAME, **rest}
    return explain_start(start=start, **arguments)


def words(*args: object, **rest: object) -> list[str]:
    return [one.reason.value for one in why(*args, **rest)]


@st.composite
def resources(draw: st.DrawFn, number: int) -> ResourceFacts:
    sparse = st.integers(0, 2**FRAME.cells - 1)
    taken = draw(sparse) & draw(sparse) & draw(sparse) & draw(sparse)
    return ResourceFacts(
        UUID(int=number), busy=taken, booked=taken & draw(sparse), hours=draw(st.sampled_from((None, HOURS, HOURS << 6))),
        time_off=draw(st.just(0) | sparse.map(lambda mask: mask & 0xFFF << draw(st.integers(0, 600)))),
    )  # fmt: skip


@settings(max_examples=2000 if PROVE else 40)
@given(data=st.data())
def test_a_start_has_no_reason_against_it_iff_it_is_offered(data: st.DataObject) -> None:
    pool = [data.draw(resources(number)) for number in range(4)]
    needs = [
        NeedFacts(
            kind,
            tuple(
                data.draw(
                    st.lists(st.sampled_from(pool), max_size=3, unique_by=lambda r: r.resource_id)
                )
            ),
        )
        for kind in ("professional", "room", "room")[: data.draw(st.integers(1, 3))]
    ]
    terms = Terms(
        ServiceTime(30, 5, 10), data.draw(st.sampled_from((5, 15, 45))), ZONE,
        data.draw(st.sampled_from((BookingWindow(60, 1), BookingWindow(0, 0), BookingWindow(2880, 0)))),
    )  # fmt: skip
    assert terms.window is not None
    window = window_interval(window=terms.window, now=NOW, zone_name=ZONE)
    permitted = grid_mask(zone_name=ZONE, grid_minutes=terms.grid_minutes, frame=FRAME)
    permitted &= window_mask(window=window, frame=FRAME) if window else 0
    offered = offered_slots(
        needs=[need.for_engine(frame=FRAME) for need in needs], time=terms.time, permitted=permitted
    )
    for cell in data.draw(st.lists(st.integers(0, FRAME.cells - 1), min_size=30, max_size=30)):
        start = FRAME.time_of(cell)
        reasons = explain_start(start=start, now=NOW, terms=terms, needs=needs, frame=FRAME)
        assert (not reasons) == bool(offered >> cell & 1)
        if not reasons:
            late = start + timedelta(minutes=1)
            assert Why(Unavailable.NOT_ON_GRID) in explain_start(
                start=late, now=NOW, terms=terms, needs=needs, frame=FRAME
            )


def test_a_free_start_has_no_reason_and_each_fact_gives_its_own() -> None:
    at_ten = busy((wall(10), wall(10, 40)))
    assert words(wall(10)) == []
    assert words(wall(7)) == ["past", "outside-hours"]
    assert words(wall(8, 45)) == ["lead-time", "outside-hours"]
    assert words(wall(10, 0, day=3)) == ["beyond-horizon", "closed"]
    assert words(wall(10, 5)) == ["not-on-grid"]
    assert words(wall(12, 15)) == ["outside-hours"]
    assert words(wall(10), facts(time_off=busy((wall(9), wall(11))))) == ["time-off"]
    assert words(wall(10, 15), facts(busy=at_ten, booked=busy((wall(10), wall(10, 30))))) == [
        "professional-busy"
    ]
    assert words(wall(10, 30), facts(busy=at_ten, booked=busy((wall(10), wall(10, 30))))) == [
        "buffer"
    ]
    assert words(wall(10), rooms=(facts(ROOM, busy=at_ten, booked=at_ten),)) == ["resource-busy"]
    assert words(wall(10), needs=[]) == ["service-not-offered"]
    assert words(wall(10), rooms=()) == ["service-not-offered"]
    assert [one.reason for one in explain_start(
        start=wall(10), now=NOW, terms=TERMS, needs=[NeedFacts("professional", ())], frame=FRAME
    )] == [Unavailable.PROFESSIONAL_NOT_OFFERED]  # fmt: skip


def test_reasons_say_whom_they_concern_and_until_when() -> None:
    occupied = busy((wall(10), wall(10, 40)), (wall(10, 40), wall(11, 20)))
    assert why(wall(10), facts(busy=occupied, booked=occupied), facts(BEA, hours=0)) == [
        Why(Unavailable.PROFESSIONAL_BUSY, "professional", ANA, wall(11, 20)),
        Why(Unavailable.CLOSED, "professional", BEA, None),
    ]
    assert why(wall(12, 15)) == [Why(Unavailable.OUTSIDE_HOURS, "professional", ANA, wall(13, 30))]
    assert why(wall(10), facts(time_off=busy((wall(9), wall(11))))) == [
        Why(Unavailable.TIME_OFF, "professional", ANA, wall(11))
    ]
    assert why(wall(8, 45))[0] == Why(Unavailable.LEAD_TIME, until=wall(9))


def test_a_buffer_may_run_into_time_off_as_it_may_past_closing() -> None:
    assert words(wall(10), facts(time_off=busy((wall(10, 30), wall(12))))) == []
    assert words(wall(12)) == []


def test_a_start_outside_the_frame_is_never_called_free() -> None:
    always = facts(hours=FRAME.full)
    staff = Terms(TERMS.time, 5, ZONE, None)
    for start in (
        FRAME.origin - timedelta(minutes=5),
        FRAME.origin - timedelta(hours=9),
        FRAME.end,
    ):
        assert set(words(start, always, terms=staff)) & {"outside-hours", "closed"}


def test_of_any_professional_nobody_is_named_while_one_is_free() -> None:
    occupied = busy((wall(9), wall(12)))
    assert words(wall(10), facts(busy=occupied), facts(BEA)) == []


def test_needs_that_crowd_one_room_are_told_apart_from_a_busy_room() -> None:
    room = facts(ROOM)
    needs = [
        NeedFacts("professional", (facts(),)),
        NeedFacts("room", (room,)),
        NeedFacts("bath", (room,)),
    ]
    assert why(wall(10), needs=needs) == [Why(Unavailable.RESOURCE_BUSY, "bath")]


def test_a_closed_gate_gives_all_its_reasons_whatever_the_time() -> None:
    gate = Gate(
        online_booking=False, service_offered=False, professional_offered=False,
        login_missing=True, bound_elsewhere=True,
    )  # fmt: skip
    assert words(wall(10), gate=gate) == [
        "online-booking-off", "service-not-offered", "professional-not-offered", "login-required", "bound-to-professional",
    ]  # fmt: skip


def test_staff_without_a_window_may_look_at_the_past() -> None:
    terms = Terms(TERMS.time, 5, ZONE, None)
    assert words(wall(9, 0), now=wall(12), terms=terms) == []


def test_a_closure_of_the_day_is_closed_and_not_outside_hours() -> None:
    closed = WeeklyHours(
        (HoursRow(0, 540, 750),), closures=(Closure(MONDAY, MONDAY + timedelta(1)),)
    )
    mask = open_mask(hours=closed, zone_name=ZONE, frame=FRAME)
    assert words(wall(10), facts(hours=mask)) == ["closed"]


def test_a_reading_that_the_clocks_jump_over_says_so() -> None:
    jump = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert explain_wall_start(on=date(2026, 3, 29), minute=150, zone_name=ZONE) == [
        Why(Unavailable.NO_SUCH_TIME, until=jump)
    ]
    assert explain_wall_start(on=date(2026, 3, 29), minute=180, zone_name=ZONE) == []


@pytest.mark.parametrize(
    ("hour", "seats", "expected"),
    [
        (10, 1, []),
        (10, 3, ["session-full"]),
        (11, 1, ["session-full"]),
        (12, 1, ["no-session"]),
        (7, 1, ["past", "no-session"]),
    ],
)
def test_a_session_s_start_is_offered_while_seats_are_left(
    hour: int, seats: int, expected: list[str]
) -> None:
    sessions = [SessionSeats(ANA, wall(10), 8, 6), SessionSeats(BEA, wall(11), 8, 8)]
    found = explain_session_start(
        start=wall(hour), now=NOW, terms=TERMS, sessions=sessions, seats=seats
    )
    assert [one.reason.value for one in found] == expected


def test_every_reason_of_the_closed_list_can_be_met() -> None:
    """Those met above, by name; a new reason needs a test before it passes here."""
    assert {one.value for one in Unavailable} == {
        "past", "lead-time", "beyond-horizon", "not-on-grid", "no-such-time", "closed", "outside-hours", "time-off",
        "professional-busy", "buffer", "resource-busy", "session-full", "no-session", "service-not-offered",
        "professional-not-offered", "login-required", "bound-to-professional", "online-booking-off",
    }  # fmt: skip
