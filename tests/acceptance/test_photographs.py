"""The counter's main task: a citizen sends photographs, and is told which single one cannot be read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime

import pillow_heif
import pytest
from PIL import Image

from domain.cases import CaseStatus
from domain.papers import Paper, Source
from tests.acceptance.house import House, open_house
from tests.acceptance.mails import write_mail
from tests.acceptance.nursery import Nursery
from tests.servers.imap import SERVERS
from youban.demo.people import make_person
from youban.demo.renderer import draw, photograph

MAILBOX = "dlybzxgqbsc@163.com"
PERSON = make_person(127, district="甘井子区")
TODAY = f"{datetime.now().astimezone():%Y-%m-%d}"
TEXT = (
    f"您好，我叫{PERSON.name}，甘井子区户籍，灵活就业，申请医保关系转出，材料都拍照了。"
    f"电话{PERSON.phone}，邮箱{PERSON.email}。"
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, nursery: Nursery) -> Iterator[House]:
    """A counter that looks at pictures, in a Python of its own; the others of these tests go by names."""
    with (
        SERVERS["pymap"]((MAILBOX,)) as imap,
        open_house(
            tmp_path_factory.mktemp("house"),
            imap=imap,
            database="",
            nursery=nursery,
            is_forked=False,
            mailboxes=(MAILBOX,),
            settings={"pictures": {"looks": True}},
        ) as opened,
    ):
        opened.wait_until_connected()
        yield opened


def take(kind: str, seed: int, *, turn: int = 0, blur_px: float = 0.0) -> bytes:
    paper = draw(kind, PERSON, seed=seed, request="dl-transfer-out", today=TODAY)
    return photograph(paper, seed, turn=turn, blur_px=blur_px)


def as_heic(jpeg: bytes) -> bytes:
    held = io.BytesIO()
    pillow_heif.from_pillow(Image.open(io.BytesIO(jpeg))).save(held, quality=90)
    return held.getvalue()


def by_file(papers: tuple[Paper, ...]) -> dict[str, tuple[str, bool | None]]:
    assert {paper.source for paper in papers} == {Source.PICTURE}
    return {paper.attachment: (paper.kind, paper.is_legible) for paper in papers}


def test_blurred_photograph_alone_is_asked_for_again_and_completes_the_case(house: House) -> None:
    first = write_mail(
        "four-photographs",
        mailbox=MAILBOX,
        subject="医保关系转出",
        text=TEXT,
        files=(
            ("IMG_0231.jpg", take("id-front", 1, turn=180)),
            ("IMG_0232.jpg", take("id-back", 2, blur_px=6.0)),
            ("IMG_0233.HEIC", as_heic(take("ss-card-front", 3))),
            ("IMG_0234.jpg", take("written-request", 4)),
        ),
        shape="iphone",
    )
    asked = house.answer_to(first)
    view = house.view(asked.case)
    assert (view.case.item, view.case.status) == ("dl-transfer-out", CaseStatus.MISSING)
    assert by_file(view.case.papers) == {
        "IMG_0231.jpg": ("id-front", True),
        "IMG_0232.jpg": ("id-back", False),
        "IMG_0233.HEIC": ("ss-card-front", True),
        "IMG_0234.jpg": ("written-request", True),
    }
    assert asked.asked == ["身份证国徽面"]
    assert asked.says("第2张照片拍得模糊")
    for fine in ("第1张", "第3张", "第4张", "未查看图片", "待核"):
        assert not asked.says(fine)

    second = write_mail(
        "photograph-again",
        mailbox=MAILBOX,
        subject="",
        text="重新拍了一张，麻烦再看看。",
        files=(("IMG_0240.jpg", take("id-back", 2)),),
        shape="iphone",
        sender=first.sender,
        answers=asked,
    )
    house.post(second)
    _, letter = house.wait_for_letters(first, 2)
    assert (letter.case, letter["In-Reply-To"]) == (asked.case, second.message_id)
    assert "已受理" in letter.subject
    view = house.view(asked.case)
    assert (view.case.status, len(view.messages), len(view.replies)) == (CaseStatus.COMPLETE, 2, 2)
    assert by_file(view.case.papers)["IMG_0240.jpg"] == ("id-back", True)
    assert house.count_cases(first.sender) == 1
