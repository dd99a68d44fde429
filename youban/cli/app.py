"""The commands and their options; what they do stands in one file each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from youban.cli.exits import EXIT_FAILED

app = typer.Typer(
    name="youban",
    help="Youban 邮办: a government service counter that works by e-mail.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
cases_app = typer.Typer(help="Look at cases.", no_args_is_help=True)
quarantine_app = typer.Typer(help="Look at mails that could not be read.", no_args_is_help=True)
examples_app = typer.Typer(help="Look after the examples and what they teach.", no_args_is_help=True)
db_app = typer.Typer(help="Look after the database.", no_args_is_help=True)
app.add_typer(cases_app, name="cases")
app.add_typer(quarantine_app, name="quarantine")
app.add_typer(examples_app, name="examples")
app.add_typer(db_app, name="db")

Config = Annotated[
    Path, typer.Option("--config", "-c", envvar="YOUBAN_CONFIG", help="The settings file.", show_default=True)
]
DEFAULT_CONFIG = Path("youban.toml")


@app.command()
def run(config: Config = DEFAULT_CONFIG) -> None:
    """Run the daemon: watch the mailboxes, answer, until SIGTERM or Ctrl-C."""
    from youban.cli.run import run as run_daemon

    run_daemon(config)


@app.command()
def demo(
    once: Annotated[bool, typer.Option("--once", help="End with exit code 0 when every sample has its fate.")] = False,
    keep: Annotated[
        Path | None, typer.Option("--keep", help="Leave the citizens' mails and the answers as .eml files here.")
    ] = None,
    database: Annotated[
        str, typer.Option("--database", help="Another database URL than a SQLite file in the sandbox.")
    ] = "",
) -> None:
    """Show the whole loop in a sandbox: real IMAP and SMTP on loopback, invented citizens, answers."""
    from youban.demo.show import run_demo

    raise typer.Exit(run_demo(once=once, keep=keep, database=database))


@app.command()
def check(
    config: Config = DEFAULT_CONFIG,
    heartbeat: Annotated[
        bool, typer.Option("--heartbeat", help="Only ask whether the daemon is alive (for a container's health check).")
    ] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Connect to no mail server.")] = False,
) -> None:
    """Try configuration, calendar, secrets, database and every connection; print one table."""
    if heartbeat:
        from youban.cli.heartbeat import run_heartbeat

        raise typer.Exit(run_heartbeat(config))
    from youban.cli.check import run_check

    raise typer.Exit(run_check(config, offline=offline))


@app.command()
def explain(  # noqa: PLR0917 - typer reads the options from the parameters
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|DIR|MBOX…", help="Mails, in the order they came.")],
    mailbox: Annotated[
        str, typer.Option("--mailbox", "-m", help="The mailbox they came to (default: read from To).")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    looks: Annotated[
        bool, typer.Option("--look/--no-look", help="Look at the pictures, or go by the files' names.")
    ] = True,
    agencies: Annotated[
        list[Path] | None, typer.Option("--agency", help="An agency's TOML file instead of the shipped ones.")
    ] = None,
    opinion: Annotated[
        Path | None,
        typer.Option("--opinion", metavar="FILE|DIR", help="A learned model to ask as well (`youban examples train`)."),
    ] = None,
) -> None:
    """Say what would be decided and why; store and send nothing."""
    from youban.cli.explain import run_explain

    run_explain(paths, mailbox=mailbox, as_json=as_json, looks=looks, agencies=agencies, opinion=opinion)


@app.command()
def replay(  # noqa: PLR0917 - typer reads the options from the parameters
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE|DIR|MBOX…", help="Mails, in the order they came (default: those received)."),
    ] = None,
    new: Annotated[
        Path | None, typer.Option("--config", "-c", metavar="NEW", help="A settings file with the changed catalogue.")
    ] = None,
    agencies: Annotated[
        list[Path] | None, typer.Option("--agency", help="A changed agency's TOML file; with all the others' files.")
    ] = None,
    present: Annotated[
        Path,
        typer.Option(
            "--present", envvar="YOUBAN_CONFIG", help="The present settings file: catalogue and mails received."
        ),
    ] = DEFAULT_CONFIG,
    mailbox: Annotated[
        str, typer.Option("--mailbox", "-m", help="The mailbox that mails of files came to (default: read from To).")
    ] = "",
    since: Annotated[str, typer.Option("--since", metavar="DAY", help="Only mails received from this day on.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a difference, and one at the end.")] = False,
    looks: Annotated[
        bool, typer.Option("--look/--no-look", help="Look at the pictures, or go by the files' names.")
    ] = True,
) -> None:
    """Decide past mail by a changed catalogue; print what would change, store and send nothing."""
    from youban.cli.replay import Asked, run_replay

    asked = Asked(
        new=new,
        agencies=tuple(agencies or ()),
        present=present,
        is_present_default=_is_default(context, "present"),
        mailbox=mailbox,
        since=since,
        looks=looks,
    )
    raise typer.Exit(run_replay(paths or [], asked, as_json=as_json))


@app.command()
def papers(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Pictures or PDFs.")],
    lines: Annotated[bool, typer.Option("--lines", help="Each line that was read, too.")] = False,
    mark: Annotated[
        Path | None, typer.Option("--mark", metavar="FOLDER", help="Leave each page there, its lines framed.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a page and line.")] = False,
    agencies: Annotated[
        list[Path] | None, typer.Option("--agency", help="An agency's TOML file instead of the shipped ones.")
    ] = None,
) -> None:
    """Say what pictures show: the lines read, the kinds of paper and why, the fields; store and send nothing."""
    from youban.cli.papers import run_papers

    if not run_papers(paths, has_lines=lines, mark_in=mark, as_json=as_json, agencies=agencies):
        raise typer.Exit(EXIT_FAILED)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|DIR|MBOX…", help="Mails to take in.")],
    mailbox: Annotated[str, typer.Option("--mailbox", "-m", help="The mailbox they came to.")],
    config: Config = DEFAULT_CONFIG,
) -> None:
    """Take in mails from files as if a mailbox had shown them; the daemon answers them."""
    from youban.cli.ingest import run_ingest

    run_ingest(paths, mailbox=mailbox, config=config)


@cases_app.command("list")
def cases_list(  # noqa: PLR0917 - typer reads the options from the parameters
    config: Config = DEFAULT_CONFIG,
    status: Annotated[
        str, typer.Option(help="Only this status: missing, complete, triage, guided, closed, void.")
    ] = "",
    agency: Annotated[str, typer.Option(help="Only this agency's code.")] = "",
    office: Annotated[str, typer.Option(help="Only this office's code.")] = "",
    item: Annotated[str, typer.Option(help="Only this service item's code.")] = "",
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List cases, newest first."""
    from youban.cli.cases import run_list

    run_list(config, status=status, agency=agency, office=office, item=item, limit=limit, as_json=as_json)


@cases_app.command("show")
def cases_show(
    number: Annotated[str, typer.Argument(help="A case number, for example DL-20200210-0042-4.")],
    config: Config = DEFAULT_CONFIG,
    as_json: Annotated[bool, typer.Option("--json", help="As one JSON object.")] = False,
) -> None:
    """Show one case: what came, what was found, what was answered."""
    from youban.cli.cases import run_show

    run_show(config, number, as_json=as_json)


@quarantine_app.command("list")
def quarantine_list(
    config: Config = DEFAULT_CONFIG,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 50,
    is_closed: Annotated[bool, typer.Option("--closed", help="Those that a clerk closed by hand instead.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """List the mails that could not be read and why, oldest first."""
    from youban.cli.quarantine import run_list

    run_list(config, limit=limit, is_closed=is_closed, as_json=as_json)


@quarantine_app.command("show")
def quarantine_show(
    key: Annotated[str, typer.Argument(help="A mail's key as the list prints it: mailbox:folder:uidvalidity:uid.")],
    config: Config = DEFAULT_CONFIG,
) -> None:
    """Write one mail to standard output exactly as it was received: `… show KEY > mail.eml`."""
    from youban.cli.quarantine import run_show

    run_show(config, key)


@quarantine_app.command("retry")
def quarantine_retry(
    keys: Annotated[
        list[str] | None, typer.Argument(metavar="KEY…", help="Keys of mails as the list prints them.")
    ] = None,
    is_all: Annotated[bool, typer.Option("--all", help="Every mail in quarantine that nobody closed.")] = False,
    is_again: Annotated[
        bool, typer.Option("--again", help="Also named mails that a clerk closed by hand; they are open again.")
    ] = False,
    config: Config = DEFAULT_CONFIG,
) -> None:
    """Let the daemon read mails once more, for example with a later release."""
    from youban.cli.quarantine import run_retry

    run_retry(config, keys or [], is_all=is_all, is_again=is_again)


@quarantine_app.command("close")
def quarantine_close(
    key: Annotated[str, typer.Argument(help="A mail's key as the list prints it: mailbox:folder:uidvalidity:uid.")],
    by: Annotated[str, typer.Option("--by", help="Who answered the mail by hand.")],
    note: Annotated[str, typer.Option("--note", help="How it was answered, for whoever asks later.")],
    config: Config = DEFAULT_CONFIG,
) -> None:
    """Write down that a clerk answered a mail by hand; the list shows it no more."""
    from youban.cli.quarantine import run_close

    run_close(config, key, by=by, note=note)


@examples_app.command("add")
def examples_add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A mail that was told wrong.")],
    item: Annotated[str, typer.Option("--item", help="The item that it is about, or none.")],
    intent: Annotated[str, typer.Option("--intent", help="What its sender wanted, where that matters.")] = "",
    to: Annotated[
        Path | None, typer.Option("--examples", help="Another file than examples.toml in the data folder.")
    ] = None,
    config: Config = DEFAULT_CONFIG,
) -> None:
    """Append a mail's words to the agency's examples; numbers, addresses and names are masked."""
    from youban.cli.examples import run_add

    run_add(file, item=item, intent=intent, to=to, config=config)


@examples_app.command("check")
def examples_check(
    context: typer.Context,
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE…", help="Files of examples (default: shipped and own).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    config: Config = DEFAULT_CONFIG,
) -> None:
    """Try the rules, and the learned model where there is one, on every example; print those told otherwise."""
    from youban.cli.examples import run_check

    is_default = _is_default(context, "config")
    raise typer.Exit(run_check(files or [], config=config, is_default=is_default, as_json=as_json))


@examples_app.command("train")
def examples_train(
    config: Config = DEFAULT_CONFIG,
    own: Annotated[
        Path | None, typer.Option("--examples", help="Another file than examples.toml in the data folder.")
    ] = None,
) -> None:
    """Learn the second opinion from the shipped examples and the agency's own; keep it as a new version."""
    from youban.cli.examples import run_train

    run_train(config=config, own=own)


@db_app.command("upgrade")
def db_upgrade(config: Config = DEFAULT_CONFIG) -> None:
    """Bring the database's tables to this version's form."""
    from youban.cli.db import run_upgrade

    run_upgrade(config)


def _is_default(context: typer.Context, name: str) -> bool:
    """Return whether neither the command line nor the environment says anything of a parameter."""
    source = context.get_parameter_source(name)
    return source is not None and source.name == "DEFAULT"
