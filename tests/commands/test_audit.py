"""The auditor is given the database that the settings name, as an address its own driver reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from clientela.commands.audit import url_of
from clientela.platform.database import database_settings

pytestmark = pytest.mark.nodb
HERE = Path("/srv/clientela.sqlite3")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgresql://u:p%40ss@db:5433/name?sslmode=require",
            {
                "user": "u",
                "password": "p@ss",
                "host": "db",
                "port": "5433",
                "dbname": "name",
                "sslmode": "require",
            },
        ),
        (
            "postgresql://u@%2Frun%2Fpostgresql/name",
            {"user": "u", "host": "/run/postgresql", "dbname": "name"},
        ),
    ],
)
def test_the_address_says_what_the_settings_say_and_no_more(
    url: str, expected: dict[str, str]
) -> None:
    assert conninfo_to_dict(url_of(database_settings(url, default_path=HERE))) == expected


def test_a_file_keeps_its_name() -> None:
    database = database_settings("", default_path=Path("/srv/my data.sqlite3"))
    assert url_of(database) == "sqlite:///srv/my%20data.sqlite3"
