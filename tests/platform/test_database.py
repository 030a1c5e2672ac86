"""How we speak to the two databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections, transaction

from clientela.platform import database, locking
from clientela.platform.database import (
    OutsideTransactionError,
    database_settings,
    in_transaction,
    sqlite_advice,
    sqlite_options,
)
from clientela.platform.locking import lock

HERE = Path("/data/clientela.sqlite3")


@pytest.mark.parametrize(
    ("version", "journal"),
    [
        ((3, 40, 1), "TRUNCATE"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"),
        ((4, 0, 0), "WAL"),
    ],
)
def test_write_ahead_mode_is_used_only_where_sqlite_has_the_repair(version, journal) -> None:
    options = sqlite_options(version)

    assert f"journal_mode={journal};" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert bool(sqlite_advice(version)) is (journal == "TRUNCATE")


def test_without_an_address_the_database_is_a_file_in_the_data_folder() -> None:
    made = database_settings("", default_path=HERE)

    assert (made["ENGINE"], made["NAME"]) == ("django.db.backends.sqlite3", str(HERE))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://u:p%40ss@db:5433/name?sslmode=require",
            ("name", "u", "p@ss", "db", "5433", {"prepare_threshold": 5, "sslmode": "require"}),
        ),
        ("postgres:///name", ("name", "", "", "", "", {"prepare_threshold": 5})),
        (
            "postgresql://%2Frun%2Fpostgresql/name",
            ("name", "", "", "/run/postgresql", "", {"prepare_threshold": 5}),
        ),
    ],
)
def test_a_postgresql_address_is_read_in_all_its_parts(url, expected) -> None:
    made = database_settings(url, default_path=HERE)

    assert made["ENGINE"] == "django.db.backends.postgresql"
    assert (
        tuple(made[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS"))
        == expected
    )


def test_a_sqlite_address_names_a_file() -> None:
    assert (
        database_settings("sqlite:////srv/my%20data.db", default_path=HERE)["NAME"]
        == "//srv/my data.db"
    )
    assert database_settings("sqlite:///srv/data.db", default_path=HERE)["NAME"] == "/srv/data.db"


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "nonsense"])
def test_any_other_address_is_refused(url) -> None:
    with pytest.raises(ImproperlyConfigured):
        database_settings(url, default_path=HERE)


@pytest.mark.django_db
def test_the_transaction_of_a_test_case_does_not_count_as_the_programs_own() -> None:
    assert not in_transaction()
    with pytest.raises(OutsideTransactionError, match="cutting"):
        database.require_transaction("cutting")
    with transaction.atomic():
        assert in_transaction()
        database.require_transaction("cutting")


@pytest.mark.django_db
def test_a_lock_needs_a_transaction_to_last_for() -> None:
    with pytest.raises(OutsideTransactionError):
        lock(keys=["a"])
    with transaction.atomic():
        lock(keys=["b", "a", "a"])
        lock(keys=[])


@pytest.mark.sqlite
@pytest.mark.django_db
def test_a_lock_refuses_a_sqlite_that_does_not_begin_immediate(monkeypatch) -> None:
    monkeypatch.setattr(connections["default"], "transaction_mode", None)

    with pytest.raises(ImproperlyConfigured, match="IMMEDIATE"), transaction.atomic():
        lock(keys=["a"])


@pytest.mark.postgres
@pytest.mark.django_db
def test_locks_are_asked_for_in_one_order_whatever_order_they_are_named_in(
    django_assert_num_queries,
) -> None:
    numbers = {name: locking._number(name) for name in ("a", "b", "c")}
    with transaction.atomic():
        with django_assert_num_queries(1) as asked:
            lock(keys=["c", "a", "b"])
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            )
            assert cursor.fetchone()[0] == 3

    places = [asked[0]["sql"].index(str(number)) for number in sorted(numbers.values())]
    assert places == sorted(places)
