"""What the database refuses, on both engines; and that it does not refuse it without the guard."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from tests.platform.samples import MODELS, Book, Shelf

from clientela.platform import guards, start, tenant_guards
from clientela.platform.actor import Actor
from clientela.platform.audit import AuditEvent, note
from clientela.platform.guards import Guard, GuardError, frozen, same_tenant, same_tenant_link
from clientela.platform.ids import uuid7
from clientela.platform.tenancy import system_scope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_tables")]
OURS, THEIRS = uuid7(), uuid7()
PARENT = same_tenant("samples_book", "shelf_id", "samples_shelf")
FROZEN = frozen("samples_shelf", "business_id")
LINK = same_tenant_link(
    table="samples_book_others",
    left_column="book_id",
    left_table="samples_book",
    right_column="shelf_id",
    right_table="samples_shelf",
)


@pytest.fixture
def standing(monkeypatch):
    """Put these guards up for one test."""
    monkeypatch.setattr(
        guards, "_registry", {**guards._registry, **{g.name: g for g in (PARENT, FROZEN, LINK)}}
    )
    guards.install()
    with system_scope("test"):
        yield
    guards.remove(PARENT.name, FROZEN.name, LINK.name)


def shelf(business) -> Shelf:
    return Shelf.objects.create(business_id=business)


def misplaced_child() -> None:
    Book.objects.create(business_id=OURS, shelf=shelf(THEIRS))


def child_moved_away() -> None:
    book = Book.objects.create(business_id=OURS, shelf=shelf(OURS))
    Book.objects.filter(pk=book.pk).update(shelf=shelf(THEIRS))


def parent_sold() -> None:
    Book.objects.create(business_id=OURS, shelf=shelf(OURS))
    Shelf.objects.update(business_id=THEIRS)


def link_across() -> None:
    Book.objects.create(business_id=OURS).others.add(shelf(THEIRS))


ATTACKS = [
    (misplaced_child, PARENT, "another business"),
    (child_moved_away, PARENT, "another business"),
    (parent_sold, FROZEN, "cannot change"),
    (link_across, LINK, "two businesses"),
]


@pytest.mark.usefixtures("standing")
@pytest.mark.parametrize(("attack", "guard", "words"), ATTACKS)
def test_the_database_keeps_parent_and_child_in_one_business(attack, guard, words) -> None:
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        attack()


@pytest.mark.usefixtures("standing")
@pytest.mark.parametrize(("attack", "guard", "words"), ATTACKS)
def test_without_the_guard_the_same_attack_succeeds(attack, guard, words) -> None:
    """Negative control."""
    with guards.taken_down(guard.name, why="negative control"):
        attack()


@pytest.mark.usefixtures("standing")
def test_what_belongs_together_is_written() -> None:
    ours = shelf(OURS)
    book = Book.objects.create(business_id=OURS, shelf=ours)
    book.others.add(ours)
    book.shelf = None
    book.save()
    Shelf.objects.update(word="x")


@pytest.mark.usefixtures("standing")
def test_a_guard_that_was_dropped_is_missed_and_put_up_again() -> None:
    assert guards.verify(connection) == []
    assert guards.install() == 0
    trigger = FROZEN.things(connection)[-1]
    on_table = f" ON {trigger.table}" if connection.vendor == "postgresql" else ""
    connection.cursor().execute(f"DROP TRIGGER {trigger.name}{on_table}")

    assert guards.verify(connection) == [FROZEN.name]
    (message,) = start.guards_stand(databases=["default"])
    assert FROZEN.name in message.msg
    assert guards.install() == 1
    assert start.guards_stand(databases=["default"]) == []


@pytest.mark.postgres
@pytest.mark.usefixtures("standing")
def test_a_disabled_trigger_does_not_count_as_standing() -> None:
    connection.cursor().execute("ALTER TABLE samples_shelf DISABLE TRIGGER ALL")

    assert guards.verify(connection) == [FROZEN.name]


@pytest.mark.usefixtures("standing")
def test_a_guard_whose_words_changed_is_built_anew(monkeypatch) -> None:
    changed = Guard(
        name=FROZEN.name,
        postgresql=[text.replace("cannot change", "is fixed") for text in FROZEN.postgresql],
        sqlite=[text.replace("cannot change", "is fixed") for text in FROZEN.sqlite],
    )
    monkeypatch.setitem(guards._registry, FROZEN.name, changed)

    assert guards.verify(connection) == [FROZEN.name]
    assert guards.install() == 1
    with pytest.raises(IntegrityError, match="is fixed"), transaction.atomic():
        parent_sold()


def test_a_guard_of_a_table_that_is_not_there_yet_waits(monkeypatch) -> None:
    monkeypatch.setattr(guards, "_registry", {"f": frozen("not_there_yet", "business_id")})

    assert guards.install() == 0
    assert guards.verify(connection) == []


def test_a_statement_the_registry_cannot_read_is_refused() -> None:
    with pytest.raises(GuardError, match="DROP"):
        guards.register(Guard(name="x", sqlite=["DROP TABLE x"], postgresql=[]))
    with pytest.raises(GuardError, match="no statements"):
        guards.register(Guard(name="x"))


def test_taking_guards_down_needs_a_reason() -> None:
    with pytest.raises(GuardError, match="reason"), guards.taken_down(why=""):
        pass


def test_long_names_are_shortened_without_becoming_one() -> None:
    one, two = (frozen("a" * 70, column) for column in ("left", "right"))
    names = {thing.name for guard in (one, two) for thing in guard.things(connection)}

    assert len(names) == 2
    assert max(map(len, names)) <= 63


def test_the_guards_of_tenants_follow_from_their_tables(monkeypatch) -> None:
    monkeypatch.setattr(tenant_guards, "apps", _Apps())

    assert [guard.name for guard in tenant_guards.derived()] == [
        "frozen.samples_shelf.business_id",
        "frozen.samples_book.business_id",
        "same-tenant.samples_book.shelf_id",
        "same-tenant.samples_book_others",
        "frozen.samples_poster.business_id",
    ]


class _Apps:
    def get_models(self) -> tuple[type, ...]:
        return MODELS


def test_every_guard_of_the_installation_stands_after_migrate() -> None:
    assert guards.verify(connection) == []
    assert "append-only.platform_auditevent" in {guard.name for guard in guards.registered()}


@pytest.mark.sqlite
@pytest.mark.race
def test_a_table_that_sqlite_rebuilt_has_its_guards_again_after_migrate(install) -> None:
    """The trap that this registry exists for: altering a column makes SQLite forget the table's triggers."""
    here = install()
    out = here.run(
        "-c",
        "import django; django.setup()\n"
        "from django.db import connection, models\n"
        "from clientela.platform import guards\n"
        "from clientela.platform.models import AuditEvent\n"
        "old = AuditEvent._meta.get_field('action')\n"
        "new = models.CharField(max_length=101); new.set_attributes_from_name('action'); new.model = AuditEvent\n"
        "with connection.schema_editor() as editor: editor.alter_field(AuditEvent, old, new)\n"
        "print(guards.verify(connection))\n"
        "from django.core.management import call_command\n"
        "call_command('migrate', verbosity=0, skip_checks=True)\n"
        "print(guards.verify(connection))\n",
    )

    assert out.splitlines() == ["['append-only.platform_auditevent']", "[]"]


@pytest.mark.django_db(transaction=True)
def test_flush_empties_guarded_tables_and_leaves_the_guards_standing(now) -> None:
    note(action="a", subject=("tests.Thing", "1"), by=Actor.guest(), now=now)
    call_command("flush", interactive=False, verbosity=0)

    assert not AuditEvent.objects.exists()
    assert guards.verify(connection) == []
