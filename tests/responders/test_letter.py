import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from domain.cases import Letter, Reply
from domain.errors import ReplyError
from responders.letter import MOST_REFERENCES, build_message, cap_references, message_id_for, references_for
from tests.responders.samples import make_message

TEXT = "您好！\n\n喆镕堃 𠮷：材料已收到。\n" + "长" * 2000 + "\n.\n"
REPLY = Reply(
    id=1,
    case="DL-20200210-0042-4",
    mailbox="counter@agency.example",
    recipient="citizen@mail.example",
    message_id=message_id_for("1" * 64, "counter@agency.example"),
    in_reply_to="<mail-1@mail.example>",
    references=("<mail-0@mail.example>", "<mail-1@mail.example>"),
    letter=Letter("[DL-20200210-0042-4] 医疗保险关系转移接续（转出）：需补充材料", TEXT, f"<p>{TEXT}</p>", "missing"),
    written_at=datetime(2020, 2, 10, 1, 30, tzinfo=UTC),
)
NAME = "大连市医疗保障事务服务中心"


def build(reply: Reply = REPLY, name: str = NAME):
    return email.message_from_bytes(build_message(reply, sender_name=name), policy=email.policy.default)


def test_build_message_reads_back_as_it_was_written():
    message = build()
    assert message["From"].addresses[0].display_name == NAME
    assert message["From"].addresses[0].addr_spec == "counter@agency.example"
    assert message["To"].addresses[0].addr_spec == "citizen@mail.example"
    assert message["Subject"] == REPLY.letter.subject
    assert message["Date"].datetime == REPLY.written_at
    assert message["Date"].endswith("+0800")
    assert message.get_content_type() == "multipart/alternative"
    text, html = message.iter_parts()
    assert (text.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert text.get_content().replace("\r\n", "\n") == TEXT
    assert html.get_content().replace("\r\n", "\n").strip() == REPLY.letter.html
    assert all(not part.defects for part in message.walk())


def test_build_message_threads_and_keeps_machines_silent():
    message = build()
    assert message["Message-ID"] == REPLY.message_id
    assert message["In-Reply-To"] == "<mail-1@mail.example>"
    assert message["References"].split() == ["<mail-0@mail.example>", "<mail-1@mail.example>"]
    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["X-Youban-Case"] == "DL-20200210-0042-4"
    assert message["Precedence"] is None


def test_build_message_is_the_same_bytes_every_time_and_short_lines_of_ascii():
    data = build_message(REPLY, sender_name=NAME)
    assert data == build_message(REPLY, sender_name=NAME)
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 78
    assert b"\n" not in data.replace(b"\r\n", b"")


@pytest.mark.parametrize("subject", ["plain", "Re: a=?b", "a,b <c@d>", "短", "长" * 200, "𠮷" * 50 + "a" * 80, ""])
def test_build_message_carries_any_subject(subject):
    message = build(replace(REPLY, letter=replace(REPLY.letter, subject=subject)))
    assert message["Subject"] == subject


@pytest.mark.parametrize(
    "evil", ["x\r\nBcc: a@b.example", "x\nBcc: a@b.example", "x\rBcc: a", "x\u2028Bcc: a", "\r\n\r\nbody"]
)
def test_build_message_lets_nobody_add_a_header(evil):
    expected = build().keys()
    assert build(replace(REPLY, letter=replace(REPLY.letter, subject=evil))).keys() == expected
    assert build(name=evil).keys() == expected
    assert build(replace(REPLY, case=evil)).keys() == expected
    assert build(replace(REPLY, references=(evil, "<mail-1@mail.example>"))).keys() == expected
    assert "Bcc" not in build(replace(REPLY, in_reply_to=evil))
    for broken in (replace(REPLY, recipient=evil), replace(REPLY, mailbox=evil), replace(REPLY, message_id=evil)):
        with pytest.raises(ReplyError):
            build(broken)


def test_build_message_goes_without_a_name():
    assert build(name="")["From"] == "counter@agency.example"


def test_build_message_survives_half_a_character():
    letter = replace(REPLY.letter, subject="\ud800x", text="\ud800", html="\udfff")
    assert build(replace(REPLY, letter=letter))["Subject"] == "?x"


def test_message_id_for_is_a_function_of_the_mail_answered():
    first = message_id_for("a" * 64, "Counter@Agency.example")
    assert first == message_id_for("a" * 64, "counter@agency.example")
    assert first.endswith("@agency.example>")
    assert first != message_id_for("b" * 64, "counter@agency.example")
    assert first != message_id_for("a" * 64, "other@agency.example")


def test_references_for_continues_the_thread():
    message = replace(make_message("x"), references=("<0@a>",), in_reply_to=("<9@a>",))
    assert references_for(message) == ("<0@a>", "<mail-1@mail.example>")
    assert references_for(replace(message, references=())) == ("<9@a>", "<mail-1@mail.example>")
    assert references_for(replace(message, references=(), in_reply_to=("<8@a>", "<9@a>"))) == ("<mail-1@mail.example>",)
    assert references_for(replace(message, references=(), in_reply_to=(), message_id="")) == ()


def test_cap_references_keeps_the_first_and_the_latest():
    ids = [f"<{n}@mail.example>" for n in range(100)]
    kept = cap_references(ids)
    assert (len(kept), kept[0], kept[-1]) == (MOST_REFERENCES, ids[0], ids[-1])
    assert cap_references(["<a@b>", "<a@b>", "no id", "<a b@c>", "<" + "x" * 600 + "@y>"]) == ("<a@b>",)
