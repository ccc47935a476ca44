"""The shipped model, loaded once: TensorFlow's import and the first call take seconds."""

from typing import Any

import pytest

from models.card import ModelCard
from models.loading import load_model


@pytest.fixture(scope="session")
def shipped() -> tuple[Any, ModelCard]:
    return load_model()


@pytest.fixture(scope="session")
def shipped_model(shipped: tuple[Any, ModelCard]) -> Any:
    return shipped[0]
