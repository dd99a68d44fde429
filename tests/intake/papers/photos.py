"""Photographs of one fictional person's papers, for tests that read pictures."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
from PIL import Image

from intake.papers.detecting import Pixels
from youban.demo.people import make_person
from youban.demo.renderer import draw, photograph

PERSON = make_person(3)


@cache
def photo(kind: str = "id-back", *, blur_px: float = 0.0, light: float = 1.0) -> bytes:
    return photograph(draw(kind, PERSON, seed=1), seed=2, blur_px=blur_px, light=light)


def pixels_of(data: bytes) -> Pixels:
    return np.ascontiguousarray(np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), np.uint8)[:, :, ::-1])


def save(picture: Image.Image, form: str, **options: object) -> bytes:
    held = io.BytesIO()
    picture.save(held, form, **options)
    return held.getvalue()
