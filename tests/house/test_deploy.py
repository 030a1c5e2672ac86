"""The deployment papers name only what exists; the container is built where there is an engine."""

from __future__ import annotations

import re

import pytest
import yaml
from tests.house.storeys import ROOT, SOURCE
from tests.house.test_papers import settings_documented

DEPLOY = ROOT / "deploy"
FILES = sorted(path for path in DEPLOY.iterdir() if path.is_file())


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_every_setting_a_deployment_file_names_is_documented(file) -> None:
    assert set(
        re.findall(r"\bCLIENTELA_[A-Z_]*[A-Z]\b", file.read_text(encoding="utf-8"))
    ) <= settings_documented() | {
        "CLIENTELA_SMTP"  # the family, in a sentence
    }


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.name)
def test_every_command_a_deployment_file_runs_exists(file) -> None:
    verbs = {path.stem.strip("_") for path in (SOURCE / "commands").glob("[a-z]*.py")}
    text = file.read_text(encoding="utf-8")
    run = re.findall(
        r"bin/clientela ([a-z]+)|`clientela ([a-z]+)|\"clientela\", \"([a-z]+)\"", text
    )
    assert {word for words in run for word in words if word} <= verbs


def test_the_compose_file_opens_no_port_to_the_world_but_the_proxys() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))["services"]
    open_to_all = {
        name
        for name, service in services.items()
        for port in service.get("ports", [])
        if not port.startswith("127.0.0.1:")
    }
    assert open_to_all == {"caddy"}


def test_the_container_does_not_run_as_root() -> None:
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("USER")] == ["USER clientela"]
    assert lines.index("USER clientela") < next(
        i for i, line in enumerate(lines) if line.startswith("CMD")
    )
