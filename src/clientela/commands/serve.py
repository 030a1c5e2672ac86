"""``clientela serve``: the web server and the worker, in one command."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit

import click


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=0, help="The port; by default the one of CLIENTELA_URL, or 8000.")
@click.option("--workers", default=1, show_default=True, help="Web processes.")
@click.option("--threads", default=4, show_default=True, help="Requests at once per web process.")
@click.option(
    "--no-worker", is_flag=True, help="Only the web server; run `clientela worker` yourself."
)
def command(host: str, port: int, workers: int, threads: int, *, no_worker: bool) -> None:
    """Open the doors: the web server, and beside it the worker that sends messages.

    An empty database is filled first. SIGTERM stops both; a worker that dies is started again.
    """
    from clientela.serving.supervisor import Supervisor, Web, worker_command

    prepared = subprocess.run(
        [sys.executable, "-m", "clientela.serving.prepare", "--say-setup-code"], check=False
    )
    if prepared.returncode:
        sys.exit(prepared.returncode)
    web = Web(host=host, port=port or _usual_port(), workers=workers, threads=threads)
    supervisor = Supervisor(
        web=web.command(),
        worker=() if no_worker else worker_command(),
        say=click.echo,
        address=(host, web.port),
        greet=lambda: click.echo(
            f"Clientela answers on http://{host}:{web.port}/ (Ctrl-C stops it)."
        ),
    )
    sys.exit(supervisor.run())


def _usual_port() -> int:
    """Return the port that CLIENTELA_URL names on this machine, else 8000: behind a proxy it names none."""
    return urlsplit(os.environ.get("CLIENTELA_URL", "")).port or 8000
