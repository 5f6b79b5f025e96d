"""What all tests share: where the project is, and Hypothesis without clocks or chance."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent

settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the project's folder."""
    return ROOT
