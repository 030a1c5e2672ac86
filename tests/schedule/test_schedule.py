"""Hours, exceptions, absences, closures: what they say is what the kept masks say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests import factories
from tests.factories import NOW, STAFF, at

from clientela.business.models import Business, Location, Professional, Resource
from clientela.platform.models import OutboxEvent
from clientela.platform.tenancy import business_scope, system_scope
from clientela.rules.availability import spans_of
from clientela.rules.frame import Frame
from clientela.rules.mask_blocks import block_of
from clientela.rules.weekly_hours import HoursRow
from clientela.schedule.actions.add_closure import add_closure
from clientela.schedule.actions.add_time_off import add_time_off
from clientela.schedule.actions.rebuild_open_blocks import kept_blocks, rebuild_open_blocks
from clientela.schedule.actions.remove_closure import remove_closure
from clientela.schedule.actions.remove_time_off import remove_time_off
from clientela.schedule.actions.set_dated_hours import set_dated_hours
from clientela.schedule.actions.set_weekly_hours import set_weekly_hours
from clientela.schedule.errors import ClosureRefused, HoursRefused, TimeOffRefused
from clientela.schedule.jobs import rebuild_stale_blocks
from clientela.schedule.models import OpenBlock, TimeOff, WeeklyHours
from clientela.schedule.queries.open_masks import open_masks

TUESDAY = Frame.covering(at("2026-11-24 00:00"), at("2026-11-25 00:00"))


def open_hours(
    resource: Resource | Professional, location: Location, frame: Frame = TUESDAY
) -> list[str]:
    """Return the open stretches as the location's clocks show them."""
    kept = open_masks(resource_ids=[resource.pk], location=location, frame=frame)[resource.pk]
    OpenBlock.objects.all().delete()
    fresh = open_masks(resource_ids=[resource.pk], location=location, frame=frame)[resource.pk]
    assert kept == fresh, "what is kept equals what is computed"
    rebuild_open_blocks(resources=Resource.objects.all(), now=NOW)
    return [f"{s:%H:%M}-{e:%H:%M}" for s, e in _local(spans_of(mask=kept, frame=frame))]


def _local(spans: list[tuple[object, object]]) -> list[tuple[object, object]]:
    from clientela.rules.clock_time import to_local  # noqa: PLC0415 -- one use

    return [tuple(to_local(at_, "Europe/Madrid") for at_ in span) for span in spans]


def test_a_week_is_replaced_and_told(professional: Professional, location: Location) -> None:
    assert open_hours(professional, location) == ["09:00-12:30", "13:30-18:00"]
    set_weekly_hours(
        resource=professional, location=location, rows=[HoursRow(1, 600, 660)], by=STAFF, now=NOW
    )
    assert open_hours(professional, location) == ["10:00-11:00"]
    assert WeeklyHours.objects.count() == 1
    assert OutboxEvent.objects.filter(name="schedule.HoursChanged").count() == 2
    with pytest.raises(ValueError, match="multiples"):
        HoursRow(1, 601, 660)


def test_one_date_may_differ_and_return(professional: Professional, location: Location) -> None:
    def differ(**fields: object) -> list[str]:
        set_dated_hours(
            resource=professional,
            location=location,
            on=date(2026, 11, 24),
            by=STAFF,
            now=NOW,
            **fields,
        )
        return open_hours(professional, location)

    assert differ(rows=[(600, 660), (700, 720)]) == ["10:00-11:00", "11:40-12:00"]
    assert differ(rows=None, closed=True) == []
    assert differ(rows=None) == ["09:00-12:30", "13:30-18:00"]
    with pytest.raises(HoursRefused):
        differ(rows=[(660, 600)])


def test_time_off_is_exact_and_at_every_location(
    business: Business, professional: Professional, location: Location
) -> None:
    other = factories.make_location(business, zone="Atlantic/Canary")
    factories.set_hours(professional, (540, 1080), location=other)
    absence = add_time_off(
        resource=professional,
        starts_at=at("2026-11-24 10:00"),
        ends_at=at("2026-11-24 16:00"),
        by=STAFF,
        now=NOW,
    )
    assert open_hours(professional, location) == ["09:00-10:00", "16:00-18:00"]
    assert open_hours(professional, other) == ["16:00-19:00"]
    for _ in range(2):
        remove_time_off(time_off=absence, by=STAFF, now=NOW)
    assert open_hours(professional, location) == ["09:00-12:30", "13:30-18:00"]
    names = set(OutboxEvent.objects.values_list("name", flat=True))
    assert {"schedule.TimeOffAdded", "schedule.TimeOffRemoved"} <= names
    for start, end in (("10:00", "10:00"), ("10:01", "11:00")):
        with pytest.raises(TimeOffRefused):
            add_time_off(
                resource=professional,
                starts_at=at(f"2026-11-24 {start}"),
                ends_at=at(f"2026-11-24 {end}"),
                by=STAFF,
                now=NOW,
            )
    assert TimeOff.objects.count() == 0


def test_a_closure_shuts_everything_at_its_location(
    business: Business, professional: Professional, location: Location
) -> None:
    room = factories.make_room(business)
    closure = add_closure(
        location=location,
        from_on=date(2026, 11, 24),
        until_on=date(2026, 11, 25),
        by=STAFF,
        now=NOW,
    )
    assert open_hours(professional, location) == []
    assert open_hours(room, location) == []
    for _ in range(2):
        remove_closure(closure=closure, by=STAFF, now=NOW)
    assert open_hours(room, location) == ["00:00-00:00"]
    with pytest.raises(ClosureRefused):
        add_closure(
            location=location,
            from_on=date(2026, 11, 24),
            until_on=date(2026, 11, 24),
            by=STAFF,
            now=NOW,
        )


def test_a_room_without_hours_is_always_open_and_one_with_hours_is_not(
    business: Business, location: Location
) -> None:
    room = factories.make_room(business)
    assert open_hours(room, location) == ["00:00-00:00"]
    factories.set_hours(room, (600, 720))
    assert open_hours(room, location) == ["10:00-12:00"]


def test_the_job_carries_masks_forward_and_renews_other_time_zone_data(
    professional: Professional, location: Location
) -> None:
    OpenBlock.objects.all().delete()
    assert rebuild_stale_blocks(NOW) == 1
    assert rebuild_stale_blocks(NOW) == 0
    numbers = list(OpenBlock.objects.order_by("block").values_list("block", flat=True))
    assert numbers == list(kept_blocks(now=NOW))
    later = NOW + timedelta(days=40)
    assert rebuild_stale_blocks(later) == 1
    assert OpenBlock.objects.order_by("block").first().block == block_of(later) - 1
    OpenBlock.objects.update(tzdata="1999a")
    assert rebuild_stale_blocks(later) == 1
    assert rebuild_stale_blocks(later) == 0


def test_masks_far_beyond_what_is_kept_are_computed(
    professional: Professional, location: Location
) -> None:
    far = Frame.covering(at("2029-11-27 00:00"), at("2029-11-28 00:00"))
    assert open_hours(professional, location, far) == ["09:00-12:30", "13:30-18:00"]


def test_the_outsider_sees_no_open_time_of_ours(
    professional: Professional, location: Location, next_door: Business
) -> None:
    with business_scope(next_door.pk):
        masks = open_masks(resource_ids=[professional.pk], location=location, frame=TUESDAY)
        assert not any(masks.values())
    with system_scope("a test sees all"):
        assert open_masks(resource_ids=[professional.pk], location=location, frame=TUESDAY)[
            professional.pk
        ]
