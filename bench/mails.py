"""The mails that are measured: two profiles of distinct, invented citizens' mails, the same bytes each time."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from youban.demo.mailers import Draft, compose
from youban.demo.people import Person, make_person
from youban.demo.renderer import draw, photograph

_WRITTEN_AT = datetime(2020, 2, 10, 9, 0, tzinfo=UTC)
_SHAPES = ("qq", "163", "foxmail", "outlook")
_PHOTO_PX = 1150  # three photographs of this size are 440 KB, 600 KB in base64
_PAPERS = (
    ("身份证正面.jpg", "id-front"),
    ("身份证反面.jpg", "id-back"),
    ("社保卡正面.jpg", "ss-card-front"),
)

# Subject, text: what the notices' mailboxes get most. Every one of them opens a case and is answered by a letter.
_REQUESTS = (
    (
        "申请办理医保关系转出-{name}",
        "我叫{name}，灵活就业人员，因到外地工作，申请办理医疗保险关系转移接续（转出）。",
    ),
    ("医保转入申请", "我叫{name}，原来在外地参保，现在回来工作，申请办理医疗保险关系转入，请问还缺什么材料？"),
    ("异地安置备案 {name}", "我母亲已退休，长期在外地居住，想办理异地安置备案，以后好在当地看病报销。"),
    ("退休人员死亡医保账户注销", "我父亲生前为退休人员，上月去世，现申请办理医疗保险死亡账户注销，手写申请随后补上。"),
    ("咨询医疗费报销", "请问住院的医疗费现在还能到窗口报销吗？我是{name}，发票和费用清单都在手里。"),
)
_PADDING = "以上情况属实，如有不清楚的地方请随时和我联系，非常感谢各位工作人员在疫情期间的辛苦工作。\n"


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of mail: ``count`` of them are one run; ``padding`` lines of small talk and ``photos`` set the size."""

    name: str
    count: int
    padding: int
    photos: tuple[tuple[str, str], ...] = ()


LIGHT = Profile("light", 1000, padding=8)
REAL = Profile("real", 200, padding=2, photos=_PAPERS)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail for a mailbox."""

    mailbox: str
    raw: bytes


def make_mails(profile: Profile, mailboxes: Sequence[str], *, count: int = 0) -> Iterator[Mail]:
    """Yield ``count`` mails (0: the profile's), spread evenly over the mailboxes, each from another citizen."""
    for number, mailbox in zip(range(count or profile.count), itertools.cycle(mailboxes), strict=False):
        yield Mail(mailbox, _make_mail(profile, mailbox, number))


def _make_mail(profile: Profile, mailbox: str, number: int) -> bytes:
    person = make_person(number)
    subject, text = _REQUESTS[0 if profile.photos else number % len(_REQUESTS)]
    lines = [text, *[_PADDING] * profile.padding, f"联系手机：{person.phone}，邮箱：{person.email}，谢谢！"]
    return compose(
        Draft(
            name=f"bench {profile.name} {number}",
            shape=_SHAPES[number % len(_SHAPES)],
            sender=person.email,
            sender_name=person.name,
            mailbox=mailbox,
            subject=subject.format(name=person.name),
            text="\n".join(lines).format(name=person.name),
            written_at=_WRITTEN_AT + timedelta(seconds=number),
            files=tuple((name, _sign(_photo(kind, number % 4), number)) for name, kind in profile.photos),
        )
    )


@cache
def _photo(kind: str, seed: int) -> bytes:
    person: Person = make_person(9000 + seed)
    return photograph(draw(kind, person, seed=seed), seed, longest_px=_PHOTO_PX)


def _sign(jpeg: bytes, number: int) -> bytes:
    """Return the photograph with a comment (JPEG's COM segment): nobody's file is a copy of another's."""
    comment = f"bench {number}".encode()
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]
