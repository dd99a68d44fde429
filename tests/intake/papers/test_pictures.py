from __future__ import annotations

import contextlib
import io
import struct
import zlib

import numpy as np
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from domain.mail import Unopened
from intake.papers.pictures import LONGEST_PX, PictureError, load_picture, open_pages
from tests.intake.papers.photos import photo, save
from tests.intake.pdfs import cjk_pdf

# Red above blue: tells the channels' order and which way is up.
FLAG = Image.new("RGB", (40, 20), "red")
FLAG.paste("blue", (0, 10, 40, 20))
RED, BLUE, WHITE = [0, 0, 255], [255, 0, 0], [255, 255, 255]


@pytest.mark.parametrize("form", ["PNG", "BMP", "GIF", "TIFF", "WEBP"])
def test_pictures_of_every_form_give_the_same_pixels(form: str) -> None:
    options = {"lossless": True} if form == "WEBP" else {}
    pixels = load_picture(save(FLAG, form, **options))
    assert pixels.shape == (20, 40, 3)
    assert (pixels[2, 5].tolist(), pixels[17, 5].tolist()) == (RED, BLUE)


def test_picture_is_turned_as_the_camera_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    pixels = load_picture(save(FLAG, "PNG", exif=exif))
    assert (pixels[2, 5].tolist(), pixels[17, 5].tolist()) == (BLUE, RED)


def test_heic_of_a_telephone_is_read() -> None:
    held = io.BytesIO()
    pillow_heif.from_pillow(FLAG.resize((400, 200))).save(held, quality=95)
    pixels = load_picture(held.getvalue(), "image/heic")
    assert pixels.shape == (200, 400, 3)
    assert pixels[20, 50, 2] > 200 > 60 > pixels[20, 50, 0]


@pytest.mark.parametrize("mode", ["L", "1", "P", "CMYK", "LA", "RGBA", "I;16", "YCbCr"])
def test_every_mode_becomes_colours(mode: str) -> None:
    form = "TIFF" if mode in {"CMYK", "YCbCr"} else "PNG"
    picture = Image.new(mode, (30, 30)) if mode == "I;16" else Image.new("RGB", (30, 30), "white").convert(mode)
    assert load_picture(save(picture, form)).shape == (30, 30, 3)


def test_what_is_transparent_is_white() -> None:
    assert load_picture(save(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"))[4, 4].tolist() == WHITE


def test_grey_of_sixteen_bits_keeps_its_light() -> None:
    picture = Image.fromarray(np.full((9, 9), 0x8000, np.uint16))
    assert load_picture(save(picture, "PNG"))[4, 4].tolist() == [128] * 3


def test_large_picture_is_unpacked_smaller() -> None:
    assert max(load_picture(save(Image.new("RGB", (5000, 3000)), "JPEG")).shape) <= LONGEST_PX


def test_bomb_is_refused_before_it_is_unpacked() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    with pytest.raises(PictureError, match="百万像素") as caught:
        load_picture(bomb)
    assert caught.value.reason is Unopened.TOO_LARGE


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff\xe0", photo()[:2000], b"<svg/>"])
def test_broken_picture_says_so(data: bytes) -> None:
    with pytest.raises(PictureError) as caught:
        load_picture(data)
    assert caught.value.reason is Unopened.DAMAGED


@settings(max_examples=150, deadline=None)
# No floats: Hypothesis refuses to make them where the networks have told the processor to take denormals for zero.
@given(
    form=st.sampled_from(["PNG", "BMP", "GIF", "TIFF", "WEBP", "JPEG"]),
    per_mille=st.integers(0, 1000),
    put=st.binary(max_size=9),
)
def test_damaged_pictures_raise_nothing_else(form: str, per_mille: int, put: bytes) -> None:
    data = bytearray(save(FLAG, form))
    at = per_mille * len(data) // 1000
    data[at : at + len(put)] = put
    with contextlib.suppress(PictureError):
        assert load_picture(bytes(data)).shape[2] == 3


def scan(*pictures: Image.Image) -> bytes:
    first, *rest = pictures
    return save(first, "PDF", save_all=True, append_images=rest)


def test_scanned_pages_of_a_pdf_become_pictures() -> None:
    pages = list(open_pages(scan(FLAG.resize((400, 200)), FLAG.resize((200, 400)))))
    assert [number for number, _ in pages] == [1, 2]
    assert [max(pixels.shape) for _, pixels in pages] == [1600, 1600]
    assert pages[0][1][100, 100].tolist() == pytest.approx(RED, abs=8)


def test_pages_with_text_are_not_drawn() -> None:
    words = "基本医疗保险参保凭证，参保人员姓名张三，参保状态正常缴费"
    assert list(open_pages(cjk_pdf([words], pages=2))) == [(1, words), (2, words)]


def test_broken_pdf_says_so() -> None:
    with pytest.raises(PictureError, match="已损坏"):
        list(open_pages(b"%PDF-1.4 rubbish"))
