"""The container without a container: its install script runs here, its files are held against the settings."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from config.settings import DATABASE_VARIABLE, load_settings
from youban.cli.app import app

ROOT = Path(__file__).parents[1]
DOCKER = ROOT / "docker"
EXAMPLE = DOCKER / "youban.example.toml"
COMPOSE: dict[str, Any] = yaml.safe_load((DOCKER / "compose.yaml").read_text(encoding="utf-8"))
SERVICE: dict[str, Any] = COMPOSE["services"]["youban"]
PASSWORD = "Sw0rdfish"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = [name.removesuffix("*") for name in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]]


def read_dockerfile() -> list[tuple[str, str]]:
    """Return instruction and arguments of each line, continued lines joined."""
    text = (DOCKER / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def find_last(instruction: str) -> str:
    return [rest for word, rest in read_dockerfile() if word == instruction][-1]


def read_environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in shlex.split(find_last("ENV")))


def fill_in(value: str) -> str:
    """Put the password in, as compose does with .env."""
    return value.replace("${YOUBAN_POSTGRES_PASSWORD:?choose one in docker/.env}", PASSWORD)


def parse_command(words: list[str]) -> dict[str, Any]:
    """Return the parameters of a ``youban`` command line. Raises: click's UsageError when it is none."""
    group: Any = typer.main.get_command(app)
    context = group.make_context("youban", list(words), resilient_parsing=True)
    name, command, rest = group.resolve_command(context, list(words))
    return {"command": name, **command.make_context(name, list(rest), parent=context).params}


# The image.


def test_image_copies_every_package_and_nothing_that_is_not_there() -> None:
    copied = [shlex.split(rest) for word, rest in read_dockerfile() if word == "COPY"]
    sources = [source for line in copied for source in line[:-1]]
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert [package for package in PACKAGES if package not in sources] == []
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert [source for source in sources if source in ignored] == []


def test_image_does_not_run_as_root() -> None:
    number = find_last("USER")
    assert int(number) > 0
    made = next(rest for word, rest in read_dockerfile() if word == "RUN" and "useradd" in rest)
    assert f"--uid {number} " in made
    # Whoever mounts secrets must know the number.
    assert f"chown -R {number} secrets" in (DOCKER / "compose.yaml").read_text(encoding="utf-8")


def test_image_runs_the_daemon_and_asks_for_its_heartbeat() -> None:
    entry, run = yaml.safe_load(find_last("ENTRYPOINT")), yaml.safe_load(find_last("CMD"))
    assert entry == ["youban"]
    assert parse_command(run)["command"] == "run"
    program, *words = yaml.safe_load(find_last("HEALTHCHECK").partition("CMD ")[2])
    assert program == "youban"
    asked = parse_command(words)
    assert (asked["command"], asked["heartbeat"]) == ("check", True)


def test_image_keeps_its_data_where_the_settings_say(tmp_path: Path) -> None:
    settings = load_settings(EXAMPLE, {})
    assert find_last("VOLUME") == str(settings.data_dir)
    assert find_last("WORKDIR") == str(settings.data_dir)


# compose.yaml.


def test_compose_names_the_database_as_the_settings_read_it() -> None:
    environment = SERVICE["environment"]
    assert list(environment) == [DATABASE_VARIABLE]
    url = fill_in(environment[DATABASE_VARIABLE])
    assert "$" not in url
    settings = load_settings(EXAMPLE, {DATABASE_VARIABLE: url})
    postgres = COMPOSE["services"]["postgres"]["environment"]
    user, name = postgres["POSTGRES_USER"], postgres["POSTGRES_DB"]
    assert fill_in(postgres["POSTGRES_PASSWORD"]) == PASSWORD
    assert settings.database == f"postgresql+psycopg://{user}:{PASSWORD}@postgres/{name}"
    assert SERVICE["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_compose_mounts_settings_secrets_and_data_where_they_are_looked_for() -> None:
    mounts = {target: source for source, target, *_ in (volume.split(":") for volume in SERVICE["volumes"])}
    settings = load_settings(EXAMPLE, {})
    assert mounts[read_environment()["YOUBAN_CONFIG"]] == "./youban.toml"
    assert mounts[str(settings.data_dir)] == "data"
    assert set(COMPOSE["volumes"]) == {"data", "postgres"}
    for mailbox in settings.mailboxes:
        assert mailbox.password_file is not None
        assert mounts[str(mailbox.password_file.parent)] == "./secrets"
    assert sorted(mounts) == sorted(["/etc/youban/youban.toml", "/run/secrets", "/var/lib/youban"])


def test_compose_stays_closed() -> None:
    assert SERVICE["read_only"] is True
    assert SERVICE["cap_drop"] == ["ALL"]
    assert [name for name, service in COMPOSE["services"].items() if "ports" in service] == []


def test_compose_builds_from_the_folder_that_the_dockerfile_means() -> None:
    build = SERVICE["build"]
    assert (DOCKER / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).is_file()


def test_secrets_are_neither_committed_nor_sent_to_the_builder() -> None:
    committed = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    built = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    for name in ("docker/.env", "docker/secrets", "docker/youban.toml", "youban.toml"):
        assert f"/{name}" in [line.removesuffix("/") for line in committed]
        assert name in built
    assert "YOUBAN_POSTGRES_PASSWORD=\n" in (DOCKER / ".env.example").read_text(encoding="utf-8")


# The install script, as the image runs it.


def lend_packages(venv: Path, lock: str) -> None:
    """Copy the packages that a lock file names from this environment into an empty one, to save a minute of pip.

    The script then finds them there and installs what is missing or of another version. That it installs all of them
    is what ``make`` does with it on a fresh machine.
    """
    done = subprocess.run(
        [venv / "bin/python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    target = Path(done.stdout.strip())
    for name, version in re.findall(r"^([\w.-]+)==([\w.+!-]+)", lock, re.MULTILINE):
        with contextlib.suppress(PackageNotFoundError):
            found = distribution(name)
            home = Path(str(found.locate_file("")))
            for file in (found.files or ()) if found.version == version else ():
                source = home / file
                if ".." not in file.parts and source.is_file():
                    (target / file).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(source, target / file)  # with its time, or its bytecode is stale


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of a clean virtual environment, filled from a copy of the sources that is gone again."""
    folder = tmp_path_factory.mktemp("installed")
    copy = folder / "source"
    for word, rest in read_dockerfile():
        if word == "COPY":
            *sources, target = shlex.split(rest)
            for source in sources:
                to = copy / target / Path(source).name if target.endswith("/") else copy / target
                to.parent.mkdir(parents=True, exist_ok=True)
                if (ROOT / source).is_dir():
                    shutil.copytree(ROOT / source, to, ignore=shutil.ignore_patterns("__pycache__"))
                else:
                    shutil.copy(ROOT / source, to)
    # Whatever environment these tests run in must not leak into the new one.
    left_out = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "COVERAGE_PROCESS_START"}
    environ = {name: value for name, value in os.environ.items() if name not in left_out}
    base = Path(sys.base_prefix) / "bin" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    environ |= {"PYTHON": str(base), "VENV": str(folder / "venv"), "YOUBAN_INSTALL": "copy"}
    environ["PIP_NO_COMPILE"] = "1"  # what is run is compiled then; all of it would take longer than the rest
    subprocess.run([base, "-m", "venv", folder / "venv"], check=True)
    lend_packages(folder / "venv", (copy / "requirements.lock").read_text(encoding="utf-8"))
    done = subprocess.run(
        ["sh", "docker/install.sh", "requirements.lock"],
        cwd=copy,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    shutil.rmtree(copy)
    return folder / "venv/bin"


def run(installed: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the installed program in an empty folder."""
    return subprocess.run(
        [installed / "youban", *arguments],
        cwd=installed.parents[1],
        env={"PATH": f"{installed}:/usr/bin:/bin", "HOME": str(installed.parents[1]), "LANG": "C.UTF-8", **environ},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_installed_program_shows_its_help(installed: Path) -> None:
    done = run(installed, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "explain" in done.stdout


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_installed_program_checks_the_example_settings(installed: Path) -> None:
    config = installed.parent / "youban.toml"
    shutil.copy(ROOT / "config/youban.example.toml", config)
    secrets = {"YOUBAN_DLYBZXCBB": "one", "YOUBAN_ZGERST": "two"}
    done = run(installed, "check", "--offline", "--config", str(config), **secrets)
    assert done.returncode == 0, done.stdout + done.stderr
    # The catalogue, the providers and the calendar came along.
    assert "34 items" in done.stdout


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_installed_program_makes_its_tables(installed: Path) -> None:
    config = installed.parent / "youban.toml"
    shutil.copy(ROOT / "config/youban.example.toml", config)
    done = run(installed, "db", "upgrade", "--config", str(config))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("database: empty -> ")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_file_and_every_module_came_along(installed: Path) -> None:
    """What the demo and the daemon need is there, and nothing asks for a package that only developers have."""
    code = """
import importlib, json, pathlib, pkgutil, sys
names = sys.argv[1:]
for name in names:
    for module in pkgutil.walk_packages(importlib.import_module(name).__path__, name + "."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            importlib.import_module(module.name)
roots = [pathlib.Path(importlib.import_module(name).__path__[0]) for name in names]
files = (file for root in roots for file in root.rglob("*") if file.is_file() and "__pycache__" not in file.parts)
print(json.dumps([str(file.relative_to(roots[0].parent)) for file in files]))
"""
    done = subprocess.run(
        [installed / "python", "-W", "error", "-c", code, *PACKAGES],
        cwd=installed.parents[1],
        env={"PATH": f"{installed}:/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    ours = [file for name in PACKAGES for file in (ROOT / name).rglob("*") if file.is_file()]
    wanted = [str(file.relative_to(ROOT)) for file in ours if "__pycache__" not in file.parts]
    assert sorted(set(wanted) - {*json.loads(done.stdout)}) == []
