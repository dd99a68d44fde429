"""``youban explain``: what would be decided and why, for people or as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from config.catalogue import load_catalogue
from config.settings import PictureSettings
from config.toml import hint_nearest
from domain.errors import ConfigError
from youban.examples import load_model
from youban.explainer import Explainer, Explanation
from youban.pictures import build_sight
from youban.sources import read_sources

_WORDS = {"ack": "受理", "missing": "需补充材料", "guidance": "指引", "triage": "转人工", "none": "不回复"}
_FINDINGS = {"found": "有", "missing": "缺", "unclear": "不清"}


def run_explain(
    paths: Sequence[Path],
    *,
    mailbox: str,
    as_json: bool,
    looks: bool,
    agencies: list[Path] | None,
    opinion: Path | None = None,
) -> None:
    """Explain mails in the order given. Raises: ConfigError."""
    catalogue = load_catalogue(agencies or None)
    if mailbox and catalogue.find_office(mailbox) is None:
        hint = hint_nearest(mailbox, catalogue.mailboxes)
        raise ConfigError("--mailbox", "", f"{mailbox} is published by no agency", hint)
    model = load_model(opinion) if opinion else None
    explainer = Explainer(catalogue, build_sight(PictureSettings(looks=looks), catalogue.kinds), model=model)
    console = Console(highlight=False)
    for source in read_sources(paths):
        explanation = explainer.explain(source, mailbox=mailbox)
        if as_json:
            typer.echo(json.dumps(explanation.as_json(), ensure_ascii=False))
        else:
            _print(console, explanation)


def _print(console: Console, explanation: Explanation) -> None:
    values = explanation.as_json()
    console.rule(Text(explanation.file), align="left")
    if explanation.message is not None:
        sender, subject = explanation.message.sender, explanation.message.subject
        console.print(Text(f"{sender} → {explanation.mailbox}\n主题：{subject or '（无）'}", style="dim"))
    console.print(Text(f"{_WORDS[values['decision']]}  {values['item']}  {values['scenario'] or ''}", style="bold"))
    console.print(Text(f"意图 {values['intent']}，差距 {values['margin']:.0%}，规则 {values['rule']}"))
    for line in values.get("checklist", []):
        met = "，".join(f"{code} ← {by}" for code, by in line["met_by"].items())
        lacks = "，".join(line["missing"])
        console.print(
            Text(f"  {_FINDINGS[line['finding']]}  {line['requires']}  {met}{' 缺 ' + lacks if lacks else ''}")
        )
        for remark in line["remarks"]:
            console.print(Text(f"      {remark}", style="dim"))
    for paper in values["papers"]:
        console.print(Text(f"  材料 {paper['file']} → {paper['kind'] or '未识别'} {'；'.join(paper['evidence'])}"))
        if paper["problem"]:
            console.print(Text(f"      {paper['problem']}", style="dim"))
        for name, value in paper["fields"].items():
            console.print(Text(f"      {name} = {value}", style="dim"))
    for reason in values["reasons"]:
        console.print(Text(f"  · {reason}"))
    _print_evidence(console, values)


def _print_evidence(console: Console, values: Mapping[str, Any]) -> None:
    if values.get("evidence"):
        told = "，".join(f"{e['what']}（{e['where']} {e['weight']:+g}）" for e in values["evidence"])
        console.print(Text(f"  依据：{told}", style="dim"))
    if values.get("rivals"):
        console.print(
            Text("  其他可能：" + "，".join(f"{r['item']} {r['score']:g}" for r in values["rivals"]), style="dim")
        )
    if values.get("opinion"):
        console.print(Text(_tell_opinion(values["opinion"]), style="dim"))


def _tell_opinion(opinion: Mapping[str, Any]) -> str:
    told = "，".join(f"{e['what']}（{e['weight']:+g}）" for e in opinion["told_by"])
    against = "，与规则不一致" if opinion["is_against"] else ""
    sure = f"{opinion['item']} {opinion['probability']:.0%}"
    return f"  学习模型的看法：{sure}{against}；{told}（版本 {opinion['version']}）"
