from __future__ import annotations

import ctypes
import io
from dataclasses import replace

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from config.catalogue import load_catalogue
from domain.mail import Unopened
from intake.confinement import Breach, ConfinedError, Outcome
from intake.papers import looking
from intake.papers.legibility import Flaw
from intake.papers.lines import Line, Page
from intake.papers.looking import LOOKING, Sight, look, read_sights
from intake.papers.models import Models
from intake.papers.pages import turn
from intake.papers.pictures import PictureError
from intake.papers.questions import Questions
from tests.intake.papers.photos import photo, pixels_of, save
from tests.intake.papers.test_pictures import scan
from tests.intake.pdfs import cjk_pdf

BOX = [0.0, 0.0, 90.0, 0.0, 90.0, 20.0, 0.0, 20.0]
LINE = ["签发机关", 0.9, BOX]
PAGE = [1, 1600, 900, 0, None, None, None, [LINE]]


QUESTIONS = Questions(load_catalogue().kinds)


def test_photograph_is_read_in_a_child_of_its_own(models: Models) -> None:
    (sight,) = look(photo(), "image/jpeg", models, QUESTIONS)
    assert (sight.number, sight.flaw, sight.page.turned) == (1, None, 0)
    assert [line.text for line in sight.page.lines[:2]] == ["中华人民共和国", "居民身份证"]


def test_marked_page_is_upright_and_frames_the_lines(models: Models) -> None:
    upside_down = turn(pixels_of(photo()), 180)
    data = save(Image.fromarray(upside_down[:, :, ::-1]), "PNG")
    (sight,) = look(data, "image/png", models, QUESTIONS, is_marked=True)
    marked, plain = pixels_of(sight.marked), pixels_of(photo())
    assert marked.shape == plain.shape
    x, y = (round(side) for side in sight.page.lines[0].box[0])
    assert marked[y, x + 20, 2] > 180 > 90 > marked[y, x + 20, 0]
    assert np.abs(marked[-40:].astype(int) - plain[-40:]).mean() < 20


def test_dark_and_blurred_photographs_say_why(models: Models) -> None:
    for data, flaw in ((photo(light=0.08), Flaw.DARK), (photo(blur_px=9.0), Flaw.BLURRED)):
        (sight,) = look(data, "image/jpeg", models, QUESTIONS)
        assert sight.flaw is flaw


def test_landscape_is_no_document(models: Models) -> None:
    noise = np.random.default_rng(1).integers(60, 200, (90, 120, 3), np.uint8)
    (sight,) = look(
        scan(Image.fromarray(noise).resize((1200, 900), Image.Resampling.NEAREST)), "application/pdf", models, QUESTIONS
    )
    assert sight.flaw is Flaw.NO_DOCUMENT


def test_page_with_a_text_layer_is_taken_at_its_word(models: Models) -> None:
    (sight,) = look(
        cjk_pdf(["基本医疗保险参保凭证", "参保人员姓名张三，参保状态正常缴费"]), "application/pdf", models, QUESTIONS
    )
    assert [(line.text, line.score) for line in sight.page.lines] == [
        ("基本医疗保险参保凭证", 1.0),
        ("参保人员姓名张三，参保状态正常缴费", 1.0),
    ]


def test_photograph_of_a_telephone_is_decoded_in_the_child(models: Models) -> None:
    held = io.BytesIO()
    pillow_heif.from_pillow(Image.open(io.BytesIO(photo()))).save(held, quality=90)
    (sight,) = look(held.getvalue(), "image/heic", models, QUESTIONS)
    assert [line.text for line in sight.page.lines[:2]] == ["中华人民共和国", "居民身份证"]


def test_file_that_is_no_picture_says_so(models: Models) -> None:
    with pytest.raises(PictureError, match="无法识别") as caught:
        look(b"no picture", "image/jpeg", models, QUESTIONS)
    assert caught.value.reason is Unopened.DAMAGED


def test_child_that_dies_or_hangs_is_told(models: Models, monkeypatch: pytest.MonkeyPatch) -> None:
    def spin(*_: object) -> None:
        while True:
            pass

    for act, breach in ((lambda *_: ctypes.string_at(0), Breach.CRASH), (spin, Breach.CPU_TIME)):
        monkeypatch.setattr(looking, "load_picture", act)
        with pytest.raises(ConfinedError) as caught:
            look(photo(), "image/jpeg", models, QUESTIONS, limits=replace(LOOKING, cpu_s=1, wall_s=20))
        assert caught.value.breach is breach


def test_what_our_code_writes_is_read() -> None:
    box = ((0.0, 0.0), (90.0, 0.0), (90.0, 20.0), (0.0, 20.0))
    page = Page(1600, 900, (Line("签发机关", 0.9, box),))
    assert read_sights(Outcome({"pages": [PAGE]}), LOOKING) == (Sight(1, page),)


@pytest.mark.parametrize(
    "facts",
    [
        None,
        [],
        {},
        {"pages": None},
        {"pages": [PAGE[:5]]},
        {"pages": [[0, *PAGE[1:]]]},
        {"pages": [[1, 0, *PAGE[2:]]]},
        {"pages": [[1, 1600, 10**9, *PAGE[3:]]]},
        {"pages": [[1, 1600, 900, 45, *PAGE[4:]]]},
        {"pages": [[1, 1600, 900, 0, "ugly", *PAGE[5:]]]},
        {"pages": [[*PAGE[:5], "perhaps", *PAGE[6:]]]},
        {"pages": [[*PAGE[:6], 1.5, PAGE[7]]]},
        {"pages": [[*PAGE[:6], 1, PAGE[7]]]},
        {"pages": [[*PAGE[:7], [["x", 2.0, BOX]]]]},
        {"pages": [[*PAGE[:7], [["x", 0.5, BOX[:7]]]]]},
        {"pages": [[*PAGE[:7], [["x", 0.5, [*BOX[:7], float("nan")]]]]]},
        {"pages": [[*PAGE[:7], [[b"x", 0.5, BOX]]]]},
        {"closed": "because", "told": "x"},
        {"closed": "damaged"},
    ],
)
def test_answer_of_a_child_that_was_taken_over_is_refused(facts: object) -> None:
    with pytest.raises(ConfinedError) as caught:
        read_sights(Outcome(facts), LOOKING)
    assert caught.value.breach is Breach.BROKEN_ANSWER
