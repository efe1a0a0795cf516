"""Settings come from the environment, once, and say what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from errors import InputError
from pipeline.settings import Settings


def test_without_settings_the_store_is_in_the_users_data_folder() -> None:
    settings = Settings.from_env({"HOME": "/home/ada"})
    assert settings == Settings(store=Path("/home/ada/.local/share/claim-atlas/claims.duckdb"))


def test_the_data_folder_follows_xdg_when_it_is_absolute() -> None:
    assert Settings.from_env({"XDG_DATA_HOME": "/data"}).store == Path("/data/claim-atlas/claims.duckdb")
    relative = Settings.from_env({"XDG_DATA_HOME": "data", "HOME": "/home/ada"})
    assert relative.store == Path("/home/ada/.local/share/claim-atlas/claims.duckdb")


def test_each_setting_is_read() -> None:
    env = {"CLAIM_ATLAS_STORE": "/x/y.duckdb", "CLAIM_ATLAS_MODEL": "en_core_web_md", "CLAIM_ATLAS_BORDERS": "de_facto"}
    assert Settings.from_env(env) == Settings(Path("/x/y.duckdb"), "en_core_web_md", "de_facto")


def test_a_tilde_is_the_home_folder() -> None:
    assert Settings.from_env({"CLAIM_ATLAS_STORE": "~/a.duckdb"}).store == Path.home() / "a.duckdb"


def test_an_empty_setting_is_no_setting() -> None:
    env = {"CLAIM_ATLAS_STORE": "", "CLAIM_ATLAS_MODEL": "", "CLAIM_ATLAS_BORDERS": "", "HOME": "/h"}
    assert Settings.from_env(env) == Settings.from_env({"HOME": "/h"})


def test_an_unknown_view_of_borders_is_refused_with_the_choices() -> None:
    with pytest.raises(InputError, match="un, de_facto"):
        Settings.from_env({"CLAIM_ATLAS_BORDERS": "maximal"})
