from __future__ import annotations

import io
from datetime import date

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageStat

from config.papers import load_papers
from domain.catalogue import FACT_CODES
from intake.textlayer import read_pdf_text
from youban.demo import ink
from youban.demo.papers import fill_blanks, load_forms, rng_for, spell_amount
from youban.demo.pdf import make_pdf
from youban.demo.people import make_person
from youban.demo.renderer import KINDS, draw, photograph, put_on_one_sheet

PERSON = make_person(7)


def open_jpeg(data):
    return Image.open(io.BytesIO(data))


def strings_of(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings_of(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings_of(part)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_draws_the_same_for_the_same_seed_and_is_marked_as_a_specimen(kind):
    paper = draw(kind, PERSON, seed=1)
    assert paper.size[0] >= 1000
    assert ImageChops.difference(paper, draw(kind, PERSON, seed=1)).getbbox() is None
    corner = paper.crop((paper.width - 140, paper.height - 70, paper.width - 48, paper.height - 46))
    assert ink.GREY in {colour for _, colour in corner.getcolors(10_000)}


def test_every_document_code_of_the_catalogue_but_other_can_be_drawn():
    assert set(KINDS) == set(load_papers()) - FACT_CODES - {"other"}


def test_a_kind_nobody_knows_is_a_key_error():
    with pytest.raises(KeyError):
        draw("driving-licence", PERSON, seed=1)


def test_fields_replace_what_the_seed_invents():
    ours = draw("diagnosis", PERSON, seed=1, hospital="样张医院")
    assert ImageChops.difference(ours, draw("diagnosis", PERSON, seed=1)).getbbox() is not None


def test_photograph_is_deterministic_and_as_large_as_asked():
    paper = draw("id-front", PERSON, seed=1)
    taken = photograph(paper, 3)
    assert taken == photograph(paper, 3)
    assert taken != photograph(paper, 4)
    assert max(open_jpeg(taken).size) == 1200
    assert 60_000 < len(taken) < 300_000
    assert max(open_jpeg(photograph(paper, 3, longest_px=800)).size) == 800


def test_photograph_turns_and_darkens():
    paper = draw("enrolment-cert", PERSON, seed=1)
    upright, lying = (open_jpeg(photograph(paper, 3, turn=turn)) for turn in (0, 90))
    assert upright.size == lying.size[::-1]
    dark = open_jpeg(photograph(paper, 3, light=0.08)).convert("L")
    assert ImageStat.Stat(dark).mean[0] < 30  # what the later reader calls too dark
    assert ImageStat.Stat(upright.convert("L")).mean[0] > 120


def test_the_whole_paper_is_in_the_picture():
    white = Image.new("RGB", (1000, 631), (0, 255, 0))
    for seed in range(20):
        picture = open_jpeg(photograph(white, seed, noise=0))
        red, green, _ = picture.split()
        paper = ImageChops.subtract(green, red).point(lambda level: 255 if level > 100 else 0)
        left, top, right, bottom = paper.getbbox()
        assert min(left, top, picture.width - right, picture.height - bottom) > 0


def test_fonts_hold_every_character_that_the_forms_and_people_use():
    texts = [*strings_of(dict(load_forms()))]
    for seed in range(60):
        person = make_person(seed)
        texts += fill_blanks(person, rng_for("test", person, seed), {}).values()
    used = {char for text in texts for char in text}
    assert {char for char in used if not ink.has_glyph(char)} == set()
    assert not ink.has_glyph("\U00020000")


def test_the_hand_writes_what_the_requests_say():
    used = {char for text in load_forms()["requests"].values() for char in text} | set("0123456789年月日申请人@.")
    assert {char for char in used - set("{}\n") if not ink.has_glyph(char, ink.HAND)} == set()


def test_fonts_are_small_and_bring_their_licence():
    sizes = {path.name: path.stat().st_size for path in ink.FONTS.glob("*.ttf")}
    assert sizes.keys() == {ink.PRINT, ink.HAND}
    assert sizes[ink.PRINT] < 2_500_000
    assert sizes[ink.HAND] < 1_500_000
    assert all("Open Font License" in path.read_text() for path in ink.FONTS.glob("OFL-*.txt"))


def test_a_child_has_a_childs_birth_certificate():
    child = make_person(9, birth=date(2019, 5, 12))
    assert fill_blanks(child, rng_for("birth-cert", child, 1), {})["birth"] == "2019年05月12日"


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (102_30, "壹佰零贰元叁角整"),
        (14_788_50, "壹万肆仟柒佰捌拾捌元伍角整"),
        (20_000_07, "贰万元柒分"),
        (100_010_00, "壹拾万零壹拾元整"),
    ],
)
def test_amounts_are_spelt_as_receipts_do(cents, words):
    assert spell_amount(cents) == words


def test_pdf_of_text_has_a_text_layer():
    data = make_pdf(["结算报表\n机构编码：99000018\n宫喆镕", "第二页"])
    text, defect = read_pdf_text(data)
    assert (text.split(), defect) == (["结算报表", "机构编码：99000018", "宫喆镕", "第二页"], "")
    assert data == make_pdf(["结算报表\n机构编码：99000018\n宫喆镕", "第二页"])


def test_pdf_of_pictures_shows_them_and_has_no_text():
    sheet = put_on_one_sheet([draw("id-front", PERSON, seed=1), draw("id-back", PERSON, seed=1)])
    document = pypdfium2.PdfDocument(make_pdf([photograph(sheet, 1)] * 2))
    assert len(document) == 2
    assert document[0].get_textpage().get_text_range() == ""
    shown = document[0].render(scale=0.5).to_pil().convert("L")
    assert ImageStat.Stat(shown).stddev[0] > 20
    document.close()
