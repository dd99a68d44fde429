"""Pictures as citizens send them, made into pixels: turned as the camera says, no larger than they are read at.

Foreign bytes are decoded here, so it belongs into the sandbox (``intake.sandbox``) and nowhere else.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from domain.mail import Unopened
from intake.papers.detecting import Pixels
from intake.textlayer import MAX_PDF_PAGES, MAX_TEXT_CHARS, SCAN_CHARS, tidy_text

LONGEST_PX = 2000
"""No picture is read at more than this on its longest side."""
MOST_PIXELS = 50_000_000
"""Larger ones are refused before they are unpacked: 17 KB of PNG took 700 MB. No telephone's photograph is larger."""

_TOO_LARGE = f"图片超过 {MOST_PIXELS // 1_000_000} 百万像素"
HEIC = ("image/heic", "image/heif")
"""What Apple's telephones send; read by an optional library."""


class PictureError(Exception):
    """A picture that cannot be looked at. ``reason`` is what kept it closed; the text says it in Chinese."""

    def __init__(self, reason: Unopened, told: str) -> None:
        super().__init__(told)
        self.reason = reason


def load_picture(data: bytes, media_type: str = "") -> Pixels:
    """Return a picture's pixels (height, width, BGR), at most about ``LONGEST_PX`` long, the first frame of several.

    Raises: PictureError when it is damaged, too large, or of a kind that cannot be read here.
    """
    if media_type in HEIC:
        _allow_heic()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # of broken metadata; the size is checked below, before anything is unpacked
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise PictureError(Unopened.TOO_LARGE, _TOO_LARGE)
                picture.draft("RGB", (LONGEST_PX, LONGEST_PX))  # JPEG only: unpacked at half the size or less
                picture.thumbnail((LONGEST_PX, LONGEST_PX), Image.Resampling.BOX)
                return _to_pixels(ImageOps.exif_transpose(picture))
    except PictureError:
        raise
    except Image.DecompressionBombError as error:
        raise PictureError(Unopened.TOO_LARGE, _TOO_LARGE) from error
    except UnidentifiedImageError as error:
        raise PictureError(Unopened.DAMAGED, "图片无法识别，文件可能已损坏") from error
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError) as error:
        # Pillow's decoders raise all of these on broken bytes.
        raise PictureError(Unopened.DAMAGED, "图片已损坏，无法打开") from error


def open_pages(data: bytes, *, longest_px: int = 1600) -> Iterator[tuple[int, Pixels | str]]:
    """Yield the first ``MAX_PDF_PAGES`` pages of a PDF as (number from 1, its words; its pixels where it is a scan).

    Raises: PictureError when the PDF cannot be opened.
    """
    pdfium: Any = import_module("pypdfium2")
    try:
        document = pdfium.PdfDocument(data)
    except (pdfium.PdfiumError, ValueError) as error:
        is_locked = "password" in str(error).lower()
        reason = Unopened.ENCRYPTED if is_locked else Unopened.DAMAGED
        raise PictureError(reason, "PDF 已加密，无法读取" if is_locked else "PDF 已损坏，无法读取") from error
    try:
        for index in range(min(len(document), MAX_PDF_PAGES)):
            page = document[index]
            try:
                layer = page.get_textpage()
                text = tidy_text(layer.get_text_bounded())
                layer.close()
                if len(text.strip()) >= SCAN_CHARS:
                    yield index + 1, text[:MAX_TEXT_CHARS]
                    continue
                scale = longest_px / max(1.0, *page.get_size())
                yield index + 1, _to_pixels(page.render(scale=scale).to_pil())
            except pdfium.PdfiumError:
                continue  # one broken page of several
            finally:
                page.close()
    finally:
        document.close()


def _to_pixels(picture: Image.Image) -> Pixels:
    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        whole = picture.convert("RGBA")  # what is transparent is shown on white everywhere
        picture = Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole)
    elif picture.mode.startswith("I;16"):
        picture = picture.point(lambda value: value / 256).convert("L")
    rgb = np.asarray(picture.convert("RGB"), np.uint8)
    return np.ascontiguousarray(rgb[:, :, ::-1])


def _allow_heic() -> None:
    if find_spec("pillow_heif") is None:
        raise PictureError(Unopened.UNSUPPORTED, "HEIC 格式的图片系统无法读取，请改发 JPG 照片")
    import_module("pillow_heif").register_heif_opener()
