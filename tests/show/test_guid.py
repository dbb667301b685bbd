"""The guid of a podcast."""

from __future__ import annotations

import pytest

from tts.show.guid import podcast_guid


@pytest.mark.parametrize(
    ("url", "guid"),  # the examples of the podcast namespace's own page
    [
        ("https://podnews.net/rss", "9b024349-ccf0-5f69-a609-6b82873eab3c"),
        ("https://mp3s.nashownotes.com/pc20rss.xml", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
        ("http://mp3s.nashownotes.com/pc20rss.xml//", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
    ],
)
def test_it_goes_by_the_address_without_its_scheme(url: str, guid: str) -> None:
    assert podcast_guid(url) == guid
