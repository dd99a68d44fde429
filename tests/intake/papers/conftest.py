"""The networks, loaded once for all tests that read pictures."""

from __future__ import annotations

import pytest

from intake.papers.models import Models, load_models


@pytest.fixture(scope="session")
def models() -> Models:
    return load_models()
