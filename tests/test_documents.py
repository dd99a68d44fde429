"""The documents say what the program does: every key, command, option, error, exit code; every link leads somewhere."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from config.catalogue import SHIPPED_AGENCIES, load_catalogue
from config.settings import load_settings
from config.toml import Table
from domain import errors
from domain.cases import CaseNumber
from youban.cli import exits
from youban.cli.app import app

ROOT = Path(__file__).parents[1]
OPERATIONS = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
ERRORS = (ROOT / "docs/errors.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAILBOX = "dlybzxcbb@163.com"


def list_files() -> list[Path]:
    """Return every file that is or would be committed, our corpus of foreign mails left out."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:  # an unpacked archive
        found: Iterable[Path] = (p for p in ROOT.rglob("*") if ".venv" not in p.parts)
    else:
        found = (ROOT / name for name in listed.stdout.splitlines())
    return sorted(p for p in found if p.is_file() and "corpus" not in p.parts)


def read_section(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next of its rank or above."""
    rank = len(heading.split(maxsplit=1)[0])
    return re.split(rf"\n#{{1,{rank}}} ", text.split(f"\n{heading}\n", 1)[1], maxsplit=1)[0]


def read_rows(text: str) -> list[list[str]]:
    """Return the cells of the rows of the one table in a text, its head left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


# Settings.


@pytest.fixture(scope="module")
def known_keys(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The keys that the loader expects, by table, as it asks for them."""
    file = tmp_path_factory.mktemp("settings") / "youban.toml"
    file.write_text(f'[[mailbox]]\naddress = "{MAILBOX}"\n', encoding="utf-8")
    asked: dict[str, list[str]] = {}
    with pytest.MonkeyPatch.context() as patch:
        expect = Table.expect

        def listen(table: Table, keys: Iterable[str]) -> None:
            keys = list(keys)
            if table.file == str(file):
                asked[table.key.removesuffix(f".{MAILBOX}")] = keys
            expect(table, keys)

        patch.setattr(Table, "expect", listen)
        load_settings(file, {})
    return asked


def read_documented(section: str) -> dict[str, str]:
    """Return key and default of each row."""
    heading = (
        "### Top of the file" if not section else f"### [[{section}]]" if section == "mailbox" else f"### [{section}]"
    )
    return {row[0].strip("`"): row[1] for row in read_rows(read_section(OPERATIONS, heading))}


def test_every_setting_is_documented_and_no_other(known_keys: dict[str, list[str]]) -> None:
    assert set(known_keys) == {"", "poll", "send", "engine", "replies", "virus", "dkim", "pictures", "log", "mailbox"}
    for section, keys in known_keys.items():
        assert sorted(read_documented(section)) == sorted(keys), section


@pytest.mark.parametrize("section", ["poll", "send", "engine", "replies", "virus", "dkim", "pictures", "log"])
def test_documented_defaults_are_the_real_ones(section: str, tmp_path: Path) -> None:
    (tmp_path / "youban.toml").write_text("", encoding="utf-8")
    values = getattr(load_settings(tmp_path / "youban.toml", {}), section)
    cores = min(len(os.sched_getaffinity(0)), 8)
    for key, default in read_documented(section).items():
        if default == "one for each core":
            assert getattr(values, key) == cores, key
            continue
        value = tomllib.loads(f"x = {default.strip('`')}")["x"]
        assert (tuple(value) if isinstance(value, list) else value) == getattr(values, key), key


def test_example_settings_mention_every_key(known_keys: dict[str, list[str]]) -> None:
    example = (ROOT / "config/youban.example.toml").read_text(encoding="utf-8")
    said = set(re.findall(r"[a-z][a-z0-9_]*", example))
    missing = {key for keys in known_keys.values() for key in keys} - said - {"inbox_folder"}
    assert sorted(missing) == []


# Commands.


def list_commands() -> Iterator[tuple[str, list[str]]]:
    """Yield each command's words and its long options."""

    def walk(command: Any, words: str) -> Iterator[tuple[str, list[str]]]:
        inner = getattr(command, "commands", None)
        if inner is None:
            yield words, [o for p in command.params for o in p.opts if o.startswith("--") and o != "--help"]
            return
        for name, each in inner.items():
            yield from walk(each, f"{words} {name}")

    return walk(typer.main.get_command(app), "youban")


def test_every_command_and_option_is_documented() -> None:
    rows = {row[0].strip("`"): row[1] for row in read_rows(read_section(OPERATIONS, "## Commands"))}
    for words, options in list_commands():
        row = next((text for name, text in rows.items() if name.startswith(words)), None)
        assert row is not None, words
        assert [option for option in options if f"`{option}" not in row and option not in row] == [], words
    assert len(rows) == len(list(list_commands()))


def test_readme_names_only_targets_that_there_are() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", "\n".join(re.findall(r"`[^`\n]+`|^make .*$", README, re.MULTILINE))))
    assert {"demo", "test"} <= named <= targets


def test_readme_counts_as_the_data_do() -> None:
    catalogue = load_catalogue()
    assert f"{len(catalogue.mailboxes)} mailboxes" in README
    assert f"{len(catalogue.items)} service items" in README
    entries = tomllib.loads((ROOT / "youban/demo/samples.toml").read_text(encoding="utf-8"))
    (count,) = {len(value) for value in entries.values() if isinstance(value, list)}
    assert f"{count} invented citizens" in README
    assert f"{count} 位虚构的市民" in README


# Errors.


def test_every_error_class_is_documented() -> None:
    classes = [name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)]
    assert [name for name in classes if f"\n### {name}\n" not in ERRORS] == []
    assert sorted(re.findall(r"^### (\w+)$", ERRORS, re.MULTILINE)) == sorted(classes)


def test_every_exit_code_is_documented() -> None:
    codes = sorted({0, *(value for name, value in vars(exits).items() if name.startswith("EXIT_"))})
    assert [int(row[0]) for row in read_rows(read_section(ERRORS, "## Exit codes"))] == codes


def test_every_log_event_in_the_table_is_one() -> None:
    source = "\n".join(p.read_text(encoding="utf-8") for p in ROOT.glob("[a-z]*/*.py"))
    rows = read_rows(read_section(OPERATIONS, "## Logs"))
    events = [event for row in rows for event in re.findall(r"`([a-z_]+)`", row[0])]
    assert len(events) > 10
    assert [event for event in events if f'"{event}"' not in source] == []


# The catalogue guide.


def test_catalogue_guides_example_is_a_catalogue(tmp_path: Path) -> None:
    guide = (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")
    example = next(block for block in re.findall(r"```toml\n(.*?)```", guide, re.DOTALL) if "[[office]]" in block)
    (tmp_path / "yunshang.toml").write_text(example, encoding="utf-8")
    (tmp_path / "youban.toml").write_text('agencies = ["yunshang.toml"]\n', encoding="utf-8")
    catalogue = load_settings(tmp_path / "youban.toml", {}).catalogue
    assert [item.code for item in catalogue.items] == ["ys-card", "ys-queue"]
    assert catalogue.item("ys-card").scenarios[0].code == "minor"
    assert "ys-permit" in catalogue.kinds
    # It also stands beside the shipped ones, and the number it promises is a case number.
    load_catalogue([*SHIPPED_AGENCIES, tmp_path / "yunshang.toml"])
    assert CaseNumber.find_all(example)[0].prefix == "YS"


def test_catalogue_guide_explains_every_key_of_its_example() -> None:
    guide = (ROOT / "docs/catalogue.md").read_text(encoding="utf-8")
    assert "先看照片上印着什么" in guide
    dalian = tomllib.loads(SHIPPED_AGENCIES[1].read_text(encoding="utf-8"))
    used = {key for item in dalian["item"] for key in item}
    rare = {"open_requires", "citywide_offices", "accepts_landline", "telephones"}  # explained in dalian.toml itself
    assert sorted(key for key in used - rare if key not in guide) == []


# Links and what must not stand anywhere.


DOCUMENTS = [p for p in list_files() if p.suffix == ".md"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_to_a_file(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    broken = []
    for link in links:
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        if not target.exists() or (
            anchor and f"# {anchor.replace('-', ' ')}" not in target.read_text(encoding="utf-8")
        ):
            broken.append(link)
    assert broken == []


def test_every_document_is_reached_from_the_readme() -> None:
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        document = waiting.pop()
        reached.add(document)
        links = re.findall(r"\]\(([^)#\s]+\.md)\b", document.read_text(encoding="utf-8"))
        waiting += [
            t
            for t in ((document.parent / link).resolve() for link in links if "://" not in link)
            if t.exists() and t not in reached
        ]
    assert [p for p in (ROOT / "docs").glob("*.md") if p not in reached] == []


def test_licence_is_the_unmodified_text() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.split()[:6] == ["Apache", "License", "Version", "2.0,", "January", "2004"]
    assert text.rstrip().endswith("limitations under the License.")
    assert len(text) == 11358
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "Apache-2.0"


def test_changelog_has_an_unreleased_part() -> None:
    assert "\n## [Unreleased]\n\n### Added\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_picture_of_the_demo_is_small() -> None:
    picture = (ROOT / "docs/images/demo.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 300_000


def test_no_file_names_a_package_index_or_a_developers_folder() -> None:
    # Spelt apart, so that this very file does not.
    hosts = [
        "pypi" + ".org",
        "python" + "hosted.org",
        "npm" + "js.org",
        "tuna.tsinghua" + ".edu",
        "aliyun" + ".com/pypi",
    ]
    folders = ["/" + "work/", "/" + "root/", "/" + "home/", "/" + "Users/", "C:" + "\\Users"]
    found: dict[str, list[str]] = defaultdict(list)
    for path in list_files():
        if path.suffix in {".ttf", ".png"}:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found[str(path.relative_to(ROOT))] += [word for word in (*hosts, *folders) if word in text]
    assert {name: words for name, words in found.items() if words} == {}


def test_no_other_lock_file_is_kept() -> None:
    names = {path.name for path in list_files()}
    assert names & {"uv.lock", "package-lock.json", "poetry.lock", "Pipfile.lock"} == set()
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in lock
        assert "--index-url" not in lock
