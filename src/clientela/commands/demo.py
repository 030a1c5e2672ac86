"""``clientela demo``: lively businesses in three languages, from nothing, on this machine only."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from clientela.serving.demo_marker import is_demo, mark, people_of

APPLICATION = "clientela.serving.demo_web:application"
SHOWN_ROLES = ("owner", "front_desk", "professional")


@click.command("demo")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--data",
    default="var/demo",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the demo lives; emptied at each start.",
)
@click.option("--keep", is_flag=True, help="Go on with the demo that is there.")
def command(port: int, data: Path, *, keep: bool) -> None:
    """Fill an empty database with invented businesses and open the doors.

    Mail goes to the simulator at /simulator/. Nothing of your own installation is read or
    touched: the demo has a folder, a database and a key of its own.
    """
    from clientela.serving.fill_demo import CLIENTS, OPERATOR, PASSWORD
    from clientela.serving.supervisor import Supervisor, Web, worker_command

    data = data.resolve()
    _check_port(port)
    if not (keep and people_of(data)):
        _make_empty(data)
    os.environ.update(_environment(data, port))
    web = Web(host="127.0.0.1", port=port, workers=1, threads=4, application=APPLICATION)
    supervisor = Supervisor(
        web=web.command(),
        worker=worker_command(),
        say=click.echo,
        address=("127.0.0.1", port),
        greet=lambda: click.echo(
            greeting(
                people_of(data), clients=CLIENTS, port=port, operator=OPERATOR, password=PASSWORD
            )
        ),
    )
    if people_of(data):
        _make_ready()
    else:
        with supervisor.web_loads():
            _fill(data)
    sys.exit(supervisor.run())


def greeting(
    people: list[dict[str, Any]],
    *,
    clients: Sequence[tuple[str, ...]],
    port: int,
    operator: str,
    password: str,
) -> str:
    """Return what the console says once the doors are open: addresses and log-ins."""
    here = f"http://127.0.0.1:{port}"
    lines = ["", click.style("Clientela's demo is open.", bold=True), ""]
    for business in people:
        lines.append(f"  {business['name']} ({business['language']})")
        lines.append(f"    booking page   {here}/{business['slug']}/")
        lines.append(f"    staff desk     {here}/desk/{business['slug']}/")
        for role in SHOWN_ROLES:
            emails = [one["email"] for one in business["staff"] if one["role"] == role]
            if emails:
                lines.append(f"      {role.replace('_', ' '):<13}{emails[0]}")
        lines.append("")
    lines.append(f"  clients          {here}/client/login")
    lines += [f"      {email:<28}{name}" for email, name, *_ in clients]
    lines += [
        "",
        f"  mail simulator   {here}/simulator/",
        f"  operator         {here}/operator/   {operator}",
        f"  every password   {password}",
        "",
        "  Ctrl-C stops it. `make demo ARGS=--keep` (or `clientela demo --keep`) goes on with it.",
        "",
    ]
    return "\n".join(lines)


def _check_port(port: int) -> None:
    """Refuse a port that somebody uses before ten seconds are spent on filling a database."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise click.ClickException(
                f"Port {port} is in use. Choose another: clientela demo --port {port + 1}"
            ) from None


def _make_empty(data: Path) -> None:
    """Empty the folder of an earlier demo; never one that is not a demo's."""
    if data.exists() and any(data.iterdir()) and not is_demo(data):
        raise click.ClickException(f"{data} is not a demo's folder; nothing was removed.")
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True, mode=0o700)
    mark(data, [])


def _environment(data: Path, port: int) -> dict[str, str]:
    """Return the settings of a demo; those of a real installation in this shell are overruled."""
    return {
        "CLIENTELA_DEMO": "1",
        "CLIENTELA_DATA": str(data),
        "CLIENTELA_STATIC": str(data / "static"),
        "CLIENTELA_DATABASE_URL": "",
        "CLIENTELA_SECRET_KEY": "",
        "CLIENTELA_URL": f"http://127.0.0.1:{port}",
        "CLIENTELA_HOSTS": "127.0.0.1,localhost",
        "CLIENTELA_MAIL": "simulator",
    }


def _make_ready() -> None:
    """Make a demo that is kept ready as every installation is: the program may be a newer one by now."""
    ready = subprocess.run([sys.executable, "-m", "clientela.serving.prepare"], check=False)
    if ready.returncode:
        sys.exit(ready.returncode)


def _fill(data: Path) -> None:
    """Make the tables, collect the static files and import the businesses; keep their log-ins."""
    from clientela.serving.supervisor import start

    click.echo("Filling a fresh demo: three businesses, some months of appointments.")
    filling = start([sys.executable, "-m", "clientela.serving.fill_demo"], stdout=subprocess.PIPE)
    said, _ = filling.communicate()
    if filling.returncode:
        raise click.ClickException("The demo could not be filled; the lines above say why.")
    mark(data, json.loads(said))
