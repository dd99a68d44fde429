"""Whether a sender is who the From line says: headers in the shapes of the great providers."""

from __future__ import annotations

import pytest

from domain.mail import Address, SenderProof
from intake.mime import parse_header_block
from intake.proof import COREMAIL, judge_sender
from intake.reader import read_mail

VERIFIED, UNVERIFIED, FAILED = SenderProof.VERIFIED, SenderProof.UNVERIFIED, SenderProof.FAILED
SENDER = Address("zhang@sender.example", "张三")
FROM = "From: =?utf-8?B?5byg5LiJ?= <zhang@sender.example>\r\n"

QQ_TOP = (
    "Received: from smtp.sender.example (unknown [192.0.2.7])\r\n"
    "\tby newxmmxsza6-1.qq.com (NewMX) with SMTP id 6010A8AD\r\n"
    "\tfor <yb@qq.example>; Mon, 03 Feb 2020 10:00:00 +0800\r\nX-QQ-mid: xmmxsza6-1t1580695200t0000\r\n"
    "X-QQ-XMRINFO: NgToQqU5s31X+vYT/V7+uk=\r\n"
)
QQ = (
    f"{QQ_TOP}Authentication-Results: mx.qq.com; spf=pass smtp.mailfrom=<zhang@sender.example>;\r\n"
    "\tdkim=pass header.d=sender.example; dmarc=pass(permerror) header.from=sender.example\r\n"
)
EXMAIL = QQ.replace("newxmmxsza6-1.qq.com (NewMX)", "bizmx39.qq.com (NewMX)")
GMAIL = (
    "Delivered-To: yb@gmail.example\r\nReceived: by 2002:a05:6402:1a:b0:12:34:56 with SMTP id abc;\r\n"
    "        Mon, 3 Feb 2020 02:00:00 -0800 (PST)\r\nX-Received: by 2002:a17:906:1:: with SMTP id x;\r\n"
    "ARC-Authentication-Results: i=1; mx.google.com; dmarc=pass header.from=sender.example\r\n"
    "Return-Path: <zhang@sender.example>\r\nReceived: from smtp.sender.example (smtp.sender.example. [192.0.2.7])\r\n"
    "        by mx.google.com with ESMTPS id a1; Mon, 03 Feb 2020 02:00:00 -0800 (PST)\r\n"
    "Received-SPF: pass (google.com: domain of zhang@sender.example designates 192.0.2.7 as permitted sender)\r\n"
    "Authentication-Results: mx.google.com;\r\n"
    "       dkim=pass header.i=@sender.example header.s=s1 header.b=Ab/c+d1;\r\n"
    "       spf=pass (google.com: domain of zhang@sender.example designates 192.0.2.7 as permitted sender)"
    " smtp.mailfrom=zhang@sender.example;\r\n"
    "       dmarc=pass (p=QUARANTINE sp=QUARANTINE dis=NONE) header.from=sender.example\r\n"
)
OUTLOOK = (
    "Received: from AM0PR01.eurprd01.prod.outlook.com (2603:10a6::1) by\r\n"
    " AM0PR02.eurprd02.prod.outlook.com with HTTPS;"
    " Mon, 3 Feb 2020 02:00:00 +0000\r\nAuthentication-Results: spf=pass (sender IP is 192.0.2.7)\r\n"
    " smtp.mailfrom=sender.example; dkim=pass (signature was verified)\r\n"
    " header.d=sender.example;dmarc=pass action=none\r\n"
    " header.from=sender.example;compauth=pass reason=100\r\n"
)
NETEASE = (
    "Received: from smtp.sender.example (unknown [192.0.2.7])\r\n"
    "\tby mx15 (Coremail) with SMTP id QcCowAC3Om0lx_hcu4I9CA--.16703S3;\r\n"
    "\tMon, 03 Feb 2020 10:00:00 +0800 (CST)\r\n"
    "Received: from qq.example (unknown [127.0.0.1]) by smtp.qq.example with SMTP id 1\r\n"
    f"{{}}{FROM}X-CM-TRANSID:QcCowAC3Om0lx_hcu4I9CA--.16703S3\r\n"
    "Authentication-Results: mx15; spf=pass smtp.mail=zhang@sender.example; dk\r\n"
    "\tim=pass header.i=@sender.example\r\n"
    "X-Coremail-Antispam: 1Uf129KBjDUn29KB7ZKAUJUUUUU529EdanIXcx71UUUUU7v73\r\n\tVFW2AGmfu7bjvjm3AaLaJ3UbIYCTnIWI\r\n"
)


def judge(head: str, *ids: str, sender: Address = SENDER) -> SenderProof:
    return judge_sender(parse_header_block(head.encode() + b"\r\n"), sender, authserv_ids=ids)


def results(words: str, top: str = QQ_TOP, author: str = FROM) -> str:
    return f"{top}Authentication-Results: {words}\r\n{author}"


@pytest.mark.parametrize(
    ("head", "ids"),
    [
        (QQ + FROM, ["mx.qq.com"]),
        (EXMAIL + FROM, ["mx.qq.com"]),
        (GMAIL + FROM, ["mx.google.com"]),
        (GMAIL + FROM, ["mx.qq.com", "MX.Google.com"]),
        (NETEASE.format(""), [COREMAIL]),
    ],
)
def test_provider_s_own_results_are_believed(head: str, ids: list[str]) -> None:
    assert judge(head, *ids) is VERIFIED
    assert judge(head) is UNVERIFIED
    assert judge(head, "mx.other.example") is UNVERIFIED


def test_outlook_names_no_server_and_proves_nothing() -> None:
    assert judge(OUTLOOK + FROM, "outlook.com", "spf=pass", "") is UNVERIFIED


@pytest.mark.parametrize(
    ("words", "proof"),
    [
        ("mx.qq.com; dmarc=pass header.from=sender.example", VERIFIED),
        ("mx.qq.com 1; dmarc=pass header.from=sender.example", VERIFIED),
        ("mx.qq.com; dmarc=pass header.from=other.example", UNVERIFIED),
        ("mx.qq.com; dmarc=pass", UNVERIFIED),
        ("mx.qq.com; dmarc=fail header.from=sender.example", FAILED),
        (
            "mx.qq.com; spf=pass smtp.mailfrom=zhang@sender.example; dkim=none; dmarc=fail header.from=sender.example",
            FAILED,
        ),
        ("mx.qq.com; dmarc=pass header.from=sender.example; dmarc=fail header.from=sender.example", FAILED),
        (
            "mx.qq.com; spf=pass smtp.mailfrom=sender.example; dkim=none; dmarc=none header.from=sender.example",
            VERIFIED,
        ),
        ("mx.qq.com; spf=pass smtp.mailfrom=<b@mail.sender.example>; dkim=none", VERIFIED),
        ("mx.qq.com; spf=pass smtp.mailfrom=b@evil.example; dkim=none", UNVERIFIED),
        ("mx.qq.com; spf=pass smtp.mailfrom=b@evilsender.example", UNVERIFIED),
        ("mx.qq.com; spf=pass smtp.helo=sender.example", UNVERIFIED),
        ("mx.qq.com; spf=none smtp.mailfrom=; dkim=pass header.d=sender.example", VERIFIED),
        ("mx.qq.com; dkim=pass header.i=@mail.sender.example header.s=s1 header.b=Ab/c+d1", VERIFIED),
        ("mx.qq.com; dkim=fail header.d=sender.example; dkim=pass header.d=list.example", UNVERIFIED),
        ("mx.qq.com; spf=fail smtp.mailfrom=sender.example; dkim=fail header.d=sender.example", FAILED),
        ("mx.qq.com; spf=softfail smtp.mailfrom=sender.example; dkim=fail header.d=sender.example", UNVERIFIED),
        ("mx.qq.com; spf=fail smtp.mailfrom=sender.example; dkim=none", UNVERIFIED),
        ("mx.qq.com; none", UNVERIFIED),
        ("mx.qq.com", UNVERIFIED),
        ("mx.qq.com; dmarc=", UNVERIFIED),
        ("mx.qq.com; dmarc pass header.from=sender.example", UNVERIFIED),
        ("mx.qq.com; " + "(" * 7000, UNVERIFIED),
        ("mx.qq.com; dmarc=pass header.from=sender.example; " + "x" * 9000, UNVERIFIED),
        ("", UNVERIFIED),
        ("; ; =", UNVERIFIED),
    ],
)
def test_results_are_judged(words: str, proof: SenderProof) -> None:
    assert judge(results(words), "mx.qq.com") is proof


PASS = "mx.qq.com; dmarc=pass header.from=sender.example"


def test_only_the_topmost_results_count() -> None:
    forged = f"Authentication-Results: {PASS}\r\n"
    assert judge(results("mx.qq.com; dmarc=fail header.from=sender.example") + forged, "mx.qq.com") is FAILED
    assert judge(results("mx.other.example; dmarc=fail") + forged, "mx.qq.com") is UNVERIFIED
    below = "Received: from a by relay.evil.example with SMTP id 1; Mon, 03 Feb 2020 10:00:00 +0800\r\n"
    assert judge(f"{QQ_TOP}{below}{forged}{FROM}", "mx.qq.com") is UNVERIFIED
    assert judge(f"{below.replace('relay.evil', 'mx.qq.com.evil')}{forged}{FROM}", "mx.qq.com") is UNVERIFIED
    assert judge(f"Received: (nothing said)\r\n{forged}{FROM}", "mx.qq.com") is UNVERIFIED


def test_coremail_results_need_the_transaction_of_the_top_hop() -> None:
    forged = "Authentication-Results: mx15; spf=pass smtp.mail=zhang@sender.example\r\n"
    real = NETEASE.format(forged)
    assert judge(real, COREMAIL) is VERIFIED
    # What the sender wrote stands above what Coremail adds, and the transaction is not known to him.
    assert (
        judge(
            real.replace("mail=zhang@sender.example; dk", "mail=b@evil.example; dk").replace("i=@sender", "i=@evil"),
            COREMAIL,
        )
        is UNVERIFIED
    )
    head, _, tail = NETEASE.format("").partition("X-CM-TRANSID")
    assert judge(f"{head}X-CM-TRANSID:QcCowAC3Om0000000000CA--.1S3\r\n{forged}", COREMAIL) is UNVERIFIED
    assert judge(f"{head}X-CM-TRANSID{tail.replace('mx15;', 'mx16;')}", COREMAIL) is UNVERIFIED
    assert judge(f"{forged}{NETEASE.format('')}".replace("(Coremail)", "(Postfix)"), COREMAIL, "mx15") is UNVERIFIED


@pytest.mark.parametrize(
    ("other", "domain", "proof"),
    [
        ("sender.example", "mail.sender.example", VERIFIED),
        ("mail.sender.example", "sender.example", VERIFIED),
        ("example", "sender.example", UNVERIFIED),
        ("com.cn", "sender.com.cn", UNVERIFIED),
        ("a.sd.cn", "sd.cn", UNVERIFIED),
        ("mail.sender.com.cn", "sender.com.cn", VERIFIED),
        ("sender.com.cn.", "SENDER.com.cn", VERIFIED),
    ],
)
def test_domains_of_one_owner_are_aligned(other: str, domain: str, proof: SenderProof) -> None:
    author = f"From: <a@{domain}>\r\n"
    head = results(f"mx.qq.com; dkim=pass header.d={other}", author=author)
    assert judge(head, "mx.qq.com", sender=Address(f"a@{domain.lower()}")) is proof


@pytest.mark.parametrize(
    "author",
    [
        "From: zhang@sender.example, b@evil.example\r\n",
        f"{FROM}From: b@evil.example\r\n",
        'From: "boss@gov.example" <zhang@sender.example>\r\n',
        "From: =?utf-8?B?Ym9zc++8oGdvdi5leGFtcGxl?= <zhang@sender.example>\r\n",
        "From: other@sender.example\r\n",
        "Sender: zhang@sender.example\r\n",
    ],
)
def test_from_line_that_may_deceive_proves_nothing(author: str) -> None:
    assert judge(results(PASS, author=author), "mx.qq.com") is UNVERIFIED
    fail = results("mx.qq.com; dmarc=fail header.from=sender.example", author=author)
    assert judge(fail, "mx.qq.com") is FAILED


def test_name_that_repeats_the_address_is_plain() -> None:
    author = 'From: "zhang@sender.example" <zhang@sender.example>\r\n'
    assert judge(results(PASS, author=author), "mx.qq.com") is VERIFIED


def test_reader_records_the_verdict() -> None:
    raw = (QQ + FROM + "Subject: a\r\n\r\nb").encode()
    assert read_mail(raw, authserv_ids=["mx.qq.com"]).message.proof is VERIFIED
    assert read_mail(raw).message.proof is UNVERIFIED
