from __future__ import annotations

import email
import email.policy
import io
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import parseaddr

import pytest
from PIL import Image

from config.catalogue import load_catalogue
from youban.demo.mailers import compose
from youban.demo.samples import make_follow_up, make_samples
from youban.demo.shapes import SHAPES

NOW = datetime(2020, 2, 5, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def samples():
    return make_samples(now=NOW)


def parse(raw):
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_there_are_enough_of_every_kind(samples):
    assert len(samples) >= 20
    assert len({sample.name for sample in samples}) == len(samples)
    assert set(Counter(sample.expected for sample in samples)) == {"ack", "missing", "guidance", "triage", "none"}
    assert {sample.draft.shape for sample in samples} > set(SHAPES)
    assert all(sample.story.endswith("。") for sample in samples)


def test_mailboxes_and_items_are_the_catalogues(samples):
    catalogue = load_catalogue()
    assert {sample.mailbox for sample in samples} <= set(catalogue.mailboxes)
    assert {sample.item for sample in samples} - {""} <= {item.code for item in catalogue.items}


def test_nobody_real_has_written(samples):
    for sample in samples:
        assert sample.sender.endswith("@shimin.example")
        sender = parseaddr(str(parse(sample.raw)["From"]))[1]
        assert sender.endswith("shimin.example")


def test_the_same_moment_makes_the_same_bytes_and_another_moment_other_ids(samples):
    again = {sample.name: sample.raw for sample in make_samples(now=NOW)}
    assert again == {sample.name: sample.raw for sample in samples}
    ids = {str(parse(sample.raw)["Message-ID"]) for sample in samples}
    assert len(ids) == len(samples)


def test_all_are_crlf_mails_that_the_standard_parser_reads(samples):
    for sample in samples:
        message = parse(sample.raw)
        assert b"\n" not in sample.raw.replace(b"\r\n", b"")
        assert message["Date"].datetime <= NOW
        assert max(len(line) for line in sample.raw.split(b"\r\n")) <= 998  # RFC 5322 2.1.1


def test_files_arrive_with_the_names_people_gave_them(samples):
    for sample in samples:
        if sample.draft.shape in ("raw-gbk", "broken"):  # the standard parser cannot read those names
            continue
        found = {part.get_filename(): part for part in parse(sample.raw).walk() if part.get_filename()}
        assert set(found) == {name for name, _ in sample.draft.files}
        for name, content in sample.draft.files:
            assert found[name].get_payload(decode=True) == content
            if name.endswith(".jpg"):
                assert max(Image.open(io.BytesIO(content)).size) == 1200


def test_raw_gbk_has_eight_bit_headers(samples):
    raw = next(sample.raw for sample in samples if sample.draft.shape == "raw-gbk")
    assert "Subject: 医疗保险关系转入申请\r\n".encode("gbk") in raw
    assert 'filename="身份证正面.jpg"'.encode("gbk") in raw


def test_machine_mails_say_that_they_are(samples):
    bounce, auto_reply = (next(s.raw for s in samples if s.name == name) for name in ("bounce", "auto-reply"))
    assert parse(bounce).get_content_type() == "multipart/report"
    assert parse(bounce)["Return-Path"] == "<>"
    assert parse(auto_reply)["Auto-Submitted"] == "auto-replied"


def test_a_follow_up_answers_our_letter(samples):
    sample = next(sample for sample in samples if sample.follows)
    assert sample.follows in {other.name for other in samples}
    reply = EmailMessage()
    reply["Subject"] = "材料补正通知 DL-20200205-0001-4"
    reply["Message-ID"] = "<youban.1@mailbox.example>"
    reply["References"] = "<first@shimin.example>"
    reply.set_content("请补交身份证国徽面。\n")
    message = parse(make_follow_up(sample, reply.as_bytes()))
    assert message["In-Reply-To"] == "<youban.1@mailbox.example>"
    assert str(message["References"]).split() == ["<first@shimin.example>", "<youban.1@mailbox.example>"]
    assert message["Subject"] == "回复：材料补正通知 DL-20200205-0001-4"
    text = message.get_body(("plain",)).get_content()
    assert text.startswith("不好意思，补上身份证反面的照片")
    assert ">请补交身份证国徽面。" in text
    assert message["Message-ID"] == parse(sample.raw)["Message-ID"]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_writes_a_readable_answer(samples, shape):
    draft = next(sample.draft for sample in samples if sample.name == "inquiry")
    references = tuple(f"<{number:040d}@mailbox.example>" for number in range(12))
    message = parse(compose(replace(draft, shape=shape, references=references, quoted="第一行\n第二行")))
    assert str(message["References"]).split() == list(references)
    assert message["In-Reply-To"] == references[-1]
