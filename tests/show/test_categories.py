from __future__ import annotations

from tts.model import Show
from tts.show.categories import categories, category_names


def test_the_list_is_as_long_as_apples() -> None:
    assert len(categories()) == 19
    assert sum(map(len, categories().values())) == 91
    assert len(category_names()) == 110


def test_names_are_spelled_as_in_show_toml() -> None:
    assert {"News", "News > Daily News", "TV & Film > After Shows", "True Crime"} <= category_names()
    assert "Daily News" not in category_names()
    assert Show().category in category_names()
