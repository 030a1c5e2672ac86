"""Every query runs in one declared scope, or it raises."""

from __future__ import annotations

import threading

import pytest
from tests.platform.samples import Book, Owner, Poster, Shelf

from clientela.platform.ids import uuid7
from clientela.platform.tenancy import (
    ForeignTenant,
    NoScope,
    account_scope,
    business_scope,
    current_scope,
    require_scope,
    system_scope,
    tenant_filter,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample_tables")]
OURS, THEIRS = uuid7(), uuid7()


@pytest.fixture
def shelves() -> tuple[Shelf, Shelf]:
    """One shelf of ours and one of the business next door, each with a book."""
    with system_scope("test"):
        made = [
            Shelf.objects.create(business_id=business, owner=Owner.objects.create())
            for business in (OURS, THEIRS)
        ]
        for shelf in made:
            Book.objects.create(business_id=shelf.business_id, shelf=shelf)
            Poster.objects.create(business_id=shelf.business_id)
    return made[0], made[1]


@pytest.mark.parametrize(
    "ask",
    [
        lambda: Shelf.objects.all()[:1],
        lambda: Shelf.objects.filter(word="x"),
        lambda: Shelf.objects.count() > 0,
        lambda: Shelf.objects.create(business_id=OURS),
        lambda: Shelf(business_id=OURS).save(),
    ],
)
def test_a_question_without_a_scope_raises(ask) -> None:
    with pytest.raises(NoScope):
        ask()


def test_a_business_sees_its_own_rows_only(shelves) -> None:
    ours, theirs = shelves
    with business_scope(OURS):
        assert list(Shelf.objects.all()) == [ours]
        assert list(Shelf.objects.filter(pk=theirs.pk)) == []
        assert Shelf.objects.filter(pk=theirs.pk).update(word="x") == 0
        assert Shelf.objects.filter(pk=theirs.pk).delete() == (0, {})
        with pytest.raises(Shelf.DoesNotExist):
            Shelf.objects.get(pk=theirs.pk)


def test_an_account_sees_its_own_rows_in_every_business(shelves) -> None:
    with account_scope(shelves[1].owner_id):
        assert list(Shelf.objects.all()) == [shelves[1]]


def test_an_account_cannot_read_a_table_that_does_not_say_how(shelves) -> None:
    with account_scope(shelves[0].owner_id), pytest.raises(NoScope, match="account_lookup"):
        Book.objects.all()


def test_a_table_may_be_open_to_every_account(shelves) -> None:
    with account_scope(shelves[0].owner_id):
        assert Poster.objects.count() == 2


def test_the_system_sees_everything_and_says_why(shelves) -> None:
    with system_scope("test"):
        assert Shelf.objects.count() == 2
        assert require_scope().why == "test"
    with pytest.raises(ValueError, match="reason"), system_scope(" "):
        pass


def test_a_scope_that_is_left_is_gone_and_the_inner_one_wins() -> None:
    with business_scope(OURS), system_scope("inside"):
        assert require_scope().kind == "system"
    assert current_scope() is None


def test_a_question_asked_in_one_scope_keeps_it_when_read_in_another(shelves) -> None:
    with business_scope(OURS):
        asked = Shelf.objects.all()
    with business_scope(THEIRS):
        assert list(asked) == [shelves[0]]


def test_a_thread_does_not_inherit_the_scope_of_another() -> None:
    seen = []
    with business_scope(OURS):
        thread = threading.Thread(target=lambda: seen.append(current_scope()))
        thread.start()
        thread.join()

    assert seen == [None]


@pytest.mark.parametrize(
    "write",
    [
        lambda row: Shelf.objects.create(business_id=THEIRS),
        lambda row: Shelf(business_id=THEIRS).save(),
        lambda row: Shelf.objects.bulk_create([Shelf(business_id=OURS), Shelf(business_id=THEIRS)]),
        lambda row: Shelf.objects.update(business_id=THEIRS),
        lambda row: (setattr(row, "business_id", THEIRS), row.save()),
    ],
)
def test_rows_of_another_business_cannot_be_written(shelves, write) -> None:
    with business_scope(OURS), pytest.raises(ForeignTenant):
        write(shelves[0])
    with system_scope("test"):
        assert Shelf.objects.filter(business_id=THEIRS).count() == 1


def test_following_a_foreign_key_needs_no_scope_but_the_way_back_does(shelves) -> None:
    with business_scope(OURS):
        book = Book.objects.get()

    assert book.shelf == shelves[0]
    with pytest.raises(NoScope):
        shelves[0].books.all()
    with business_scope(OURS):
        assert list(shelves[1].books.all()) == []
        assert list(shelves[0].books.all()) == [book]


def test_a_fixed_statement_is_told_whose_rows_it_may_see() -> None:
    business = uuid7()
    with business_scope(business):
        assert tenant_filter() == (False, business)
    with system_scope("a test"):
        assert tenant_filter() == (True, None)
    with account_scope(uuid7()), pytest.raises(NoScope):
        tenant_filter()
    with pytest.raises(NoScope):
        tenant_filter()
