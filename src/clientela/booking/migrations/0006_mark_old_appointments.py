"""Mark the appointments that were booked before markers were kept, by the default policy."""

from itertools import groupby

from django.db import migrations

from clientela.platform import clock
from clientela.platform.ids import uuid7
from clientela.rules.attribution import (
    MarkerPolicy,
    Visit,
    decide_marker,
    facts_of,
    family_of,
    told,
)
from clientela.rules.name_match import normalise_email

BATCH = 1000
COUNTS = {"requested", "confirmed", "attended"}


def mark_old(apps, schema_editor):
    """Card by card, in order of start; the tables are as this migration finds them."""
    appointments = apps.get_model("booking", "Appointment")
    attributions = apps.get_model("booking", "Attribution")
    now = clock.now()
    rows = (
        appointments.objects.filter(client__erased_at__isnull=True)
        .exclude(status="held")
        .exclude(cancelled_because="not-paid")
        .select_related("account")
        .order_by("client_id", "starts_at", "id")
    )
    joined = set(
        apps.get_model("people", "Merge")
        .objects.filter(undone_at__isnull=True)
        .values_list("survivor_id", flat=True)
    )
    came = dict(
        apps.get_model("people", "MergeRow")
        .objects.filter(
            of_table="booking_appointment", of_column="client_id", merge__undone_at__isnull=True
        )
        .order_by("merge__at")
        .values_list("row_id", "merge__absorbed_id")
    )
    waiting = []
    for client_id, of_card in groupby(rows.iterator(BATCH), key=lambda one: one.client_id):
        visits = list(of_card)
        by_id = {str(one.pk): one for one in visits}
        read = [_visit(one, came.get(one.pk) or client_id) for one in visits]
        for key, facts in facts_of(read, joined=client_id in joined):
            waiting.append(_row(attributions, by_id[key], facts, now))
        if len(waiting) >= BATCH:
            attributions.objects.bulk_create(waiting)
            waiting = []
    attributions.objects.bulk_create(waiting)


def _visit(one, origin):
    address = one.account.email if one.account else one.address_used
    return Visit(
        id=str(one.pk),
        counts=one.status in COUNTS,
        origin=str(origin),
        family=family_of(one.channel),
        account=str(one.account_id or ""),
        address=normalise_email(address),
        professional=str(one.professional_id),
    )


def _row(attributions, one, facts, now):
    marker = decide_marker(facts, policy=MarkerPolicy.ONE_PERSON)
    return attributions(
        id=uuid7(),
        business_id=one.business_id,
        appointment=one,
        number=1,
        value=marker.value.value,
        reason=marker.reason.value,
        policy=MarkerPolicy.ONE_PERSON.value,
        version=marker.version,
        facts=told(facts),
        marked_for="old",
        at=now,
        by="system",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0005_attribution"),
        ("people", "0005_likeness_and_parting"),
    ]

    # Backwards there is nothing to do: the tables go with the migration before this one.
    operations = [migrations.RunPython(mark_old, migrations.RunPython.noop, elidable=True)]
