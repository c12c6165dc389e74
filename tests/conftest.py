"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no fault of the code, and a failure must be seen again by whoever looks for it.
settings.register_profile("caseboard", deadline=None, derandomize=True, max_examples=60)
settings.load_profile("caseboard")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference cases beside the repository, or `$CASEBOARD_SHARED`; skips where there is none."""
    folder = Path(os.environ.get("CASEBOARD_SHARED") or ROOT.parent / "shared")
    if not (folder / "gold").is_dir():
        pytest.skip(f"no reference cases: {folder / 'gold'} is not there (set CASEBOARD_SHARED to find them)")
    return folder


@pytest.fixture(autouse=True, scope="session")
def own_store(tmp_path_factory):
    """Keep the tests away from the store of whoever runs them: they see an empty one."""
    folder = tmp_path_factory.mktemp("data")
    before = os.environ.get("CASEBOARD_DATA")
    os.environ["CASEBOARD_DATA"] = str(folder)
    yield folder
    if before is None:
        del os.environ["CASEBOARD_DATA"]
    else:
        os.environ["CASEBOARD_DATA"] = before
