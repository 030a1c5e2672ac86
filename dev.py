#!/usr/bin/env python3
"""Every command of this repository, from nothing: ``python dev.py <verb>``.

It needs nothing but a Python that can start it (3.8 or newer) and does three things:

1. finds a Python >= 3.11 that really runs (the current one, then newer ones on the path, then
   those under pyenv; each is *executed* before it is believed, because a pyenv shim may exist and fail);
2. builds ``.venv`` from the hash-locked requirements, with uv when it answers, else with pip. A
   stamp holding the lock's hash makes the second start instant;
3. runs the verb inside that environment.

``make <verb>`` calls this file; on Windows use ``py dev.py <verb>``. Standard library only.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "clientela-environment.json"
WINDOWS = os.name == "nt"
OLDEST = (3, 11)
OLDEST_PIP = (22, 3)  # the first that installs for another interpreter
MOST_INSTALLERS = 4
PROBE = "import sys, sqlite3, ssl, venv; print('%d.%d' % sys.version_info[:2])"

RUN, DEV, NONE = "requirements.lock", "requirements-dev.lock", ""

# verb: (what it does, the lock it needs, the command run inside the environment)
VERBS = {
    "demo": (
        "everything from nothing: demo businesses, server and worker",
        RUN,
        ["-m", "clientela", "demo"],
    ),
    "test": ("the whole suite, on SQLite and then on PostgreSQL", DEV, ["-m", "tools.run_tests"]),
    "check": (
        "what CI checks: format, lint, types, contracts, our own lints",
        DEV,
        ["-m", "tools.check"],
    ),
    "fix": (
        "let ruff mend what it can: format and safe fixes",
        DEV,
        ["-m", "tools.check", "--fix"],
    ),
    "prove": (
        "races, crashes and journeys, a hundredth of the full numbers",
        DEV,
        ["-m", "tools.prove"],
    ),
    "prove-all": (
        "the same with the full numbers; hours, not minutes",
        DEV,
        ["-m", "tools.prove", "--all"],
    ),
    "bench": (
        "the benchmarks; prints the table and writes bench/results.json",
        DEV,
        ["-m", "bench"],
    ),
    "serve": (
        "the web server and the worker, with your own settings",
        RUN,
        ["-m", "clientela", "serve"],
    ),
    "doctor": (
        "what is wrong with this installation, and the remedy",
        RUN,
        ["-m", "clientela", "doctor"],
    ),
    "translate": (
        "update, compile and check the catalogues",
        DEV,
        ["-m", "tools.translations", "all"],
    ),
    "papers": ("write the generated pages of docs/reference", DEV, ["-m", "tools.papers"]),
    "screens": ("pictures of the pages, on a phone and a desktop", DEV, ["-m", "tools.screens"]),
    "lock": (
        "compile the locks from pyproject.toml (needs uv)",
        DEV,
        ["-m", "tools.locks", "write"],
    ),
    "setup": ("only build the environment", DEV, []),
    "clean": ("remove the environment and every cache; never your data", NONE, []),
}


def main(arguments):
    """Run the verb; the exit code is the exit code of what it ran."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(listing())
        return 0
    verb, rest = arguments[0], arguments[1:]
    if verb not in VERBS:
        print("There is no verb '{}'.\n\n{}".format(verb, listing()), file=sys.stderr)
        return 2
    if verb == "clean":
        return clean()
    _, lock, command = VERBS[verb]
    ensure_environment(lock)
    if not command:
        return 0
    if verb not in ("check", "fix", "lock", "translate"):
        run_inside(["-m", "tools.translations", "compile", "--quiet"])
    return run_inside(command + rest)


def listing():
    """Return the verbs, one line each; ``make`` alone prints this."""
    lines = ["Clientela: every command there is. `make <verb>`, or `python dev.py <verb>`.", ""]
    lines += ["  {:<10} {}".format(verb, VERBS[verb][0]) for verb in VERBS]
    return "\n".join(lines)


def run_inside(command):
    """Run the environment's Python from the repository's root and return its exit code."""
    environment = dict(os.environ)
    environment.setdefault("PYTHONUNBUFFERED", "1")
    environment.pop("PYTHONHOME", None)
    if environment.pop("PYTHONDONTWRITEBYTECODE", None):
        # Compiling Django anew in each process costs seconds; keep the wish, and the sources, clean.
        environment.setdefault("PYTHONPYCACHEPREFIX", str(VENV / "bytecode"))
    try:
        return subprocess.call([str(venv_python())] + command, cwd=str(ROOT), env=environment)
    except KeyboardInterrupt:
        return 130


# --- the environment ---------------------------------------------------------------------------


def ensure_environment(lock):
    """Make ``.venv`` hold at least what ``lock`` names; do nothing when the stamp agrees."""
    stamp = read_stamp()
    if stamp.get("lock") == DEV and lock == RUN:
        lock = DEV  # The larger environment serves the smaller need; never shrink it.
    wanted = {"lock": lock, "sha256": digest(ROOT / lock), "root": str(ROOT)}
    if stamp == wanted and runs(str(venv_python())):
        return
    if not runs(str(venv_python())):
        build_venv(find_python())
    install(lock)
    link_project()
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")


def read_stamp():
    """Return what the environment says it holds, or an empty dict."""
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def digest(path):
    """Return the SHA-256 of a file, read as text so that line ends do not matter."""
    return hashlib.sha256(path.read_text(encoding="utf-8").encode("utf-8")).hexdigest()


def venv_python():
    """Return the path of the environment's interpreter, whether or not it exists."""
    return VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")


def find_python():
    """Return a Python >= 3.11 that proved itself, or end with one clear sentence."""
    for candidate in candidates():
        if runs(candidate):
            return candidate
    uv = find_uv()
    if uv:
        wanted = ">={}.{}".format(*OLDEST)
        subprocess.call([uv, "python", "install", "3.13"])
        found = output([uv, "python", "find", wanted])
        if found and runs(found):
            return found
    sys.exit(
        "Clientela needs Python {}.{} or newer with sqlite3, ssl and venv, and found none.\n"
        "On Debian or Ubuntu: apt install python3 python3-venv; on a Mac: brew install python; "
        "on Windows: winget install Python.Python.3.13; or install uv, which fetches one.".format(
            *OLDEST
        )
    )


def candidates():
    """Yield interpreters worth trying, the likeliest first: this one, the path's, pyenv's."""
    yield sys.executable
    for minor in (13, 12, 11, 14):
        found = shutil.which("python3.{}".format(minor))
        if found:
            yield found
    for name in ("python3", "python"):
        found = shutil.which(name)
        if found:
            yield found
    roots = [os.environ.get("PYENV_ROOT"), str(Path.home() / ".pyenv")]
    for root in filter(None, roots):
        for folder in sorted(Path(root, "versions").glob("3.1[1-9]*"), reverse=True):
            yield str(folder / ("python.exe" if WINDOWS else "bin/python"))


def runs(python):
    """Say whether this interpreter starts, is new enough and has what a venv needs."""
    version = output([python, "-c", PROBE])
    if not version:
        return False
    major, _, minor = version.partition(".")
    return (int(major), int(minor)) >= OLDEST


def output(command):
    """Return the trimmed standard output of a command, or an empty string when it fails."""
    try:
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=60,
            universal_newlines=True,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def find_uv():
    """Return uv's path when it is there and answers, else None."""
    uv = shutil.which("uv")
    return uv if uv and output([uv, "--version"]) else None


def build_venv(python):
    """Create ``.venv`` anew with this interpreter."""
    say("Building .venv with Python {}".format(output([python, "-c", PROBE])))
    shutil.rmtree(str(VENV), ignore_errors=True)
    uv = find_uv()
    if (
        uv
        and subprocess.call([uv, "venv", "--quiet", "--python", python, str(VENV)], cwd=str(ROOT))
        == 0
    ):
        return
    # Without pip: copying it takes seconds, and this Python's own pip can install for another.
    if subprocess.call([python, "-m", "venv", "--without-pip", str(VENV)], cwd=str(ROOT)) != 0:
        sys.exit("This Python could not build an environment; on Debian: apt install python3-venv.")


def install(lock):
    """Install exactly what the lock names, each file proved by its hash."""
    say("Installing from {}".format(lock))
    # The lock is complete, so nothing is resolved; Python compiles what it imports.
    options = ["install", "--quiet", "--no-deps", "--require-hashes", "-r"]
    python, uv = str(venv_python()), find_uv()
    if uv and subprocess.call([uv, "pip"] + options + [str(ROOT / lock), "--python", python]) == 0:
        return
    if uv:
        say("uv could not; trying pip")  # pip.conf may name an index that uv does not read.
    pip = pip_for(python) + ["install", "--no-compile"] + options[1:]
    if not install_at_once(pip, lock) and subprocess.call(pip + [str(ROOT / lock)]) != 0:
        sys.exit("The packages could not be installed; the lines above say which, and why.")


def install_at_once(pip, lock):
    """Let as many pips as there are processors install a part each; say whether all could.

    One pip looks its packages up one after the other, and that is most of its work.
    """
    hands = min(os.cpu_count() or 1, MOST_INSTALLERS)
    if hands == 1:
        return False
    parts = shares((ROOT / lock).read_text(encoding="utf-8"), hands)
    with tempfile.TemporaryDirectory(prefix="clientela-lock-") as folder:
        started = []
        for number, part in enumerate(parts):
            file = Path(folder, "part-{}.lock".format(number))
            file.write_text(part, encoding="utf-8")
            started.append(subprocess.Popen(pip + [str(file)]))
        codes = [one.wait() for one in started]
    return not any(codes)


def shares(text, count):
    """Deal the requirements of a lock into parts of about the same work; each is a lock of its own.

    A requirement begins at the left edge and ends before the next; the more hashes, the more there is to look at.
    """
    found = []
    for line in text.splitlines(keepends=True):
        if line[:1].isalnum():
            found.append(line)
        elif found:
            found[-1] += line
    parts = [""] * min(count, len(found))
    for one in sorted(found, key=lambda entry: (-entry.count("--hash="), entry)):
        lightest = min(range(len(parts)), key=lambda number: parts[number].count("--hash="))
        parts[lightest] += one
    return parts


def pip_for(python):
    """Return the command of a pip that installs into the environment, making one if need be."""
    own = [python, "-m", "pip", "--disable-pip-version-check"]
    if pip_version(python):
        return own
    base = output([python, "-c", "import sys; print(sys._base_executable)"])
    if base and pip_version(base) >= OLDEST_PIP:
        return [base, "-m", "pip", "--disable-pip-version-check", "--python", python]
    subprocess.check_call([python, "-m", "ensurepip"], stdout=subprocess.DEVNULL)
    return own


def pip_version(python):
    """Return the version of an interpreter's pip, an empty one when it has none. Asking pip itself takes a second."""
    said = output([python, "-c", "import pip; print(pip.__version__)"]).split(".")
    return (int(said[0]), int(said[1])) if len(said) > 1 and said[1].isdigit() else ()


def link_project():
    """Put ``src/`` and the root on the environment's path, and a ``clientela`` command in it.

    Done by hand rather than by an editable install: that would fetch a build backend.
    """
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = Path(output([str(venv_python()), "-c", code]))
    (packages / "clientela.pth").write_text("{}\n{}\n".format(ROOT / "src", ROOT), encoding="utf-8")
    for stale in packages.glob("clientela-*.dist-info"):
        shutil.rmtree(str(stale))
    version = project_version()
    about = packages / "clientela-{}.dist-info".format(version)
    about.mkdir()
    metadata = "Metadata-Version: 2.1\nName: clientela\nVersion: {}\n".format(version)
    (about / "METADATA").write_text(metadata, encoding="utf-8")
    if WINDOWS:
        script = '@"%~dp0python.exe" -m clientela %*\r\n'
        (VENV / "Scripts" / "clientela.cmd").write_text(script, encoding="utf-8")
        return
    script = VENV / "bin" / "clientela"
    script.write_text(
        '#!/bin/sh\nexec "{}" -m clientela "$@"\n'.format(venv_python()), encoding="utf-8"
    )
    script.chmod(0o755)


def project_version():
    """Return the version that pyproject.toml names (no TOML reader before Python 3.11)."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return next(line for line in text.splitlines() if line.startswith("version")).split('"')[1]


def clean():
    """Remove the environment and the caches; data (``var/``) is never touched."""
    for name in (
        ".venv",
        ".venv-bench",
        ".venv-next",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        ".hypothesis",
    ):
        shutil.rmtree(str(ROOT / name), ignore_errors=True)
    shutil.rmtree(str(ROOT / ".import_linter_cache"), ignore_errors=True)
    for folder in ROOT.glob("*/**/__pycache__"):
        shutil.rmtree(str(folder), ignore_errors=True)
    return 0


def say(sentence):
    """Tell the person what is happening, on the error stream so that output stays clean."""
    print("· " + sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
