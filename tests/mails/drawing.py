"""The labelled mails' files as people would send them: each paper drawn, its person's words on it, photographed."""

from __future__ import annotations

import random
import re
from io import BytesIO

from PIL import Image

from tests.mails.labelled import File, LabelledMail, is_other
from tests.papers.camera import photograph, put_on_one_sheet, spoil
from tests.papers.layouts import ALL_LAYOUTS
from tests.papers.layouts.layout import Layout
from tests.papers.words import make_citizen, make_words
from youban.demo.papers import load_forms
from youban.demo.pdf import make_pdf
from youban.demo.people import Person

# What a label calls a look-alike -> that of the layouts; the first that fits, and a view of nothing where none does.
_LOOKALIKES = (
    (re.compile("租房|租赁|房屋合同"), "lease"),
    (re.compile("火化|殡葬|骨灰"), "cremation"),
    (re.compile("电子(社保|医保|凭证)"), "e-card"),
    (re.compile("缴费|权益|参保明细"), "payments"),
    (re.compile("驾驶|驾照|行驶"), "driving"),
    (re.compile("护照|通行证"), "passport"),
    (re.compile("银行卡|刷卡|存折"), "bank-card"),
    (re.compile("残疾"), "disability"),
    (re.compile("结婚|离婚"), "marriage"),
    (re.compile("毕业|学历|学位"), "diploma"),
    (re.compile("劳动合同"), "labour-contract"),
    (re.compile("护士"), "nurse"),
    (re.compile("税"), "tax"),
    (re.compile("药盒|说明书"), "instructions"),
    (re.compile("聊天|微信|截图|截屏"), "chat"),
    (re.compile("自拍|合影"), "selfie"),
    (re.compile(""), "landscape"),
)
# It prints a term of its own, which fits few people's ages.
_LEFT_OUT = frozenset({"id-back-long-term"})
_SCREENS = frozenset({"e-card", "chat", "landscape", "selfie"})


def draw(mail: LabelledMail, file: File) -> bytes:
    """Return the bytes of a mail's file, always the same: a photograph of all that it shows, or a PDF of scans."""
    rng = random.Random(f"{mail.name} {mail.files.index(file)} {file.name}")
    layouts = [_choose(what, rng) for what in file.shows]
    papers = [_paint(layout, mail, file, rng) for layout in layouts]
    suffix = file.name.rpartition(".")[2].lower()
    if suffix == "pdf":
        return make_pdf([_take(paper, file.flaw, rng, "easy") for paper in papers])
    page = papers[0] if len(papers) == 1 else put_on_one_sheet(papers, rng)
    is_screen = layouts[0].lookalike in _SCREENS
    jpeg = _take(page, file.flaw, rng, "medium", is_screen=is_screen)
    return _save_as_png(jpeg) if suffix == "png" else jpeg


def _choose(what: str, rng: random.Random) -> Layout:
    """Return one of the layouts that those who write the rules may see: the mails are what is measured here."""
    code, lookalike = what, ""
    if is_other(what):
        code, lookalike = "other", next(kind for words, kind in _LOOKALIKES if words.search(what))
    fitting = [x for x in ALL_LAYOUTS if (x.split, x.code, x.lookalike) == ("open", code, lookalike)]
    return rng.choice([x for x in fitting if x.name not in _LEFT_OUT])


def _paint(layout: Layout, mail: LabelledMail, file: File, rng: random.Random) -> Image.Image:
    person = mail.people.get(file.of) or make_citizen(rng)
    # A number on a paper counts as well: where the label misses it, it stands on none.
    silent = {fact: "" for fact in ("phone", "email") if fact in mail.missing}
    words = make_words(person, rng) | silent
    if file.of in mail.people:
        _put(words, person, layout.name_word or "name")
    if layout.code == "id-back":
        words["span"] = words["validity"]  # An identity card's term goes by its holder's age.
    if layout.code == "written-request":
        # People write of the dead by name, and about what their mail is about.
        for dead in (f.of for f in mail.files if "death-cert" in f.shows and f.of in mail.people):
            _put(words, mail.people[dead], "other")
        requests = load_forms()["requests"]
        words["text"] = requests.get(mail.item, requests["default"]).format_map(words)
    return layout.paint(words, rng)


def _put(words: dict[str, str], person: Person, name: str) -> None:
    """Set a person's words under the name that a layout calls them by: papers of the dead say ``other``."""
    prefix = "" if name == "name" else f"{name}_"
    words[name] = person.name
    words[f"{prefix}id"] = person.id_number
    words[f"{prefix}sex"] = person.sex
    words[f"{prefix}birth"] = f"{person.birth:%Y年%m月%d日}"
    words[f"{prefix}age"] = f"{2020 - person.birth.year}岁"


def _take(paper: Image.Image, flaw: str, rng: random.Random, difficulty: str, *, is_screen: bool = False) -> bytes:
    if flaw:
        return spoil(paper, flaw, rng)
    return photograph(paper, difficulty, rng, is_flat=is_screen)


def _save_as_png(jpeg: bytes) -> bytes:
    out = BytesIO()
    with Image.open(BytesIO(jpeg)) as picture:
        picture.save(out, "PNG")
    return out.getvalue()
