"""The public files of the show, sent to where the web can read them.

`.published.json` at the destination says what lies there. `tts.show.sending` tells in which order files go.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tts.errors import ShowError
from tts.show.artwork import artwork
from tts.show.destination import destination
from tts.show.files import SHOW_MANIFEST, public_files
from tts.show.sending import Digests, Manifest, manifest_at, planned
from tts.show.site import refresh

if TYPE_CHECKING:
    from tts.show.library import Library
    from tts.show.sending import Plan

MANIFEST = ".published.json"
_NAME = re.compile(r"(?:(?:episodes|static)/)?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")  # of what we put there ourselves


def make_plan(library: Library, address: str) -> Plan:
    """What has to go to this address: a folder's path, or a URL that fsspec knows. Changes nothing there.

    The show itself is brought up to date first.
    Raises: ShowError when the show has no `url`, a file of it is missing, or the destination can't be read, is the
    show folder itself or holds another show.
    """
    if not library.settings().url:
        raise ShowError(
            f"the feed would name no full addresses; set url in {library.shown}/show.toml to where listeners will "
            'find the show, for instance url = "https://example.org/podcast/"'
        )
    to = destination(address)
    if to.folder is not None and to.folder.resolve() == library.folder.resolve():
        raise ShowError(f"{to.shown} is the show folder itself; publish to another folder")
    if to.read(SHOW_MANIFEST) is not None:
        raise ShowError(f"{to.shown} is a show folder; publish to another address")
    known = manifest_at(to, MANIFEST, _NAME)
    before = known or Manifest()
    with library.writing():  # nobody changes a file between two looks
        refresh(library)
        show = library.settings()
        if before.show not in {None, show.guid}:
            raise ShowError(
                f"{to.shown} holds another show; publish elsewhere, or remove {MANIFEST} there to take it over"
            )
        with library.index() as index:
            files = public_files(index, artwork(library.folder, show))
        manifest = Manifest(show.guid, before.files)
        plan = planned(files, library.folder, Digests(library.folder), to, MANIFEST, manifest)
    return replace(plan, lost_track=known is None)
