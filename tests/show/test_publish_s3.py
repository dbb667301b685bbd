"""The show on S3: a real server on loopback, looked at with Amazon's own client and as listeners do."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import boto3
import pytest
import requests
from click.testing import CliRunner, Result

from tests.show.destinations import URL, assert_sound
from tests.show.material import add, numbered
from tests.show.plain_cover import plain_cover  # noqa: F401 -- a fixture for all tests here
from tests.stand_in_s3 import BUCKET, SECRET, bucket, endpoint  # noqa: F401 -- fixtures for all tests here
from tts.cli.main import voorlezer
from tts.errors import ShowError
from tts.show.artwork import artwork
from tts.show.files import public_files
from tts.show.library import Library
from tts.show.publish import MANIFEST, make_plan
from tts.show.sending import send

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = f"s3://{BUCKET}/show"
pytestmark = pytest.mark.usefixtures("bucket")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "show")
    library.folder.mkdir()
    (library.folder / "show.toml").write_text(f'url = "{URL}"\n', encoding="utf-8")
    for n in (1, 2):
        add(library, numbered(n), b"sound %d" % n * 1000)
    return library


def _there() -> dict[str, bytes]:
    """All objects of the bucket, by their names below the address."""
    client = boto3.client("s3")
    keys = [entry["Key"] for entry in client.list_objects_v2(Bucket=BUCKET).get("Contents", [])]
    return {key.removeprefix("show/"): client.get_object(Bucket=BUCKET, Key=key)["Body"].read() for key in keys}


def _times() -> dict[str, object]:
    entries = boto3.client("s3").list_objects_v2(Bucket=BUCKET)["Contents"]
    return {entry["Key"].removeprefix("show/"): entry["LastModified"] for entry in entries}


def _run(library: Library, *args: str) -> Result:
    command = ["publish", "--force", "--show", str(library.folder), *args]
    return CliRunner(mix_stderr=False).invoke(voorlezer, command, catch_exceptions=False)


def test_all_of_it_is_there_with_its_headers(library: Library) -> None:
    result = _run(library, ADDRESS)
    assert (result.exit_code, result.stderr) == (0, "")
    objects = _there()
    with library.index() as index:
        files = public_files(index, artwork(library.folder, library.settings()))
    assert objects.keys() == {file.name for file in files} | {MANIFEST}
    assert_sound(objects)
    for file in files:
        assert objects[file.name] == (library.folder / file.name).read_bytes()
        head = boto3.client("s3").head_object(Bucket=BUCKET, Key=f"show/{file.name}")
        assert head["ContentType"] == file.content_type
        assert head["CacheControl"] == file.cache_control


def test_a_listener_gets_them_with_these_headers(library: Library) -> None:
    send(make_plan(library, ADDRESS))
    episode = library.episode("aflevering-1")
    assert episode is not None
    client = boto3.client("s3")
    for name, content_type, cached in (
        ("feed.xml", "application/rss+xml; charset=utf-8", "no-cache"),
        (f"episodes/{episode.file}", "audio/mpeg", "public, max-age=31536000, immutable"),
        ("episodes/aflevering-1.chapters.json", "application/json+chapters", "no-cache"),
    ):
        signed = client.generate_presigned_url("head_object", Params={"Bucket": BUCKET, "Key": f"show/{name}"})
        assert signed.startswith(os.environ["AWS_ENDPOINT_URL"])
        answer = requests.head(signed, timeout=10)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == content_type
        assert answer.headers["Cache-Control"] == cached


def test_a_second_time_nothing_is_sent_and_a_change_sends_only_its_own(library: Library) -> None:
    send(make_plan(library, ADDRESS))
    before = _times()
    again = make_plan(library, ADDRESS)
    assert (again.uploads, again.gone) == ((), ())
    send(again)
    assert _times() == before
    old = library.episode("aflevering-2")
    new = add(library, numbered(2), b"made again")
    assert old is not None
    plan = make_plan(library, ADDRESS)
    send(plan)
    names = {upload.file.name for upload in plan.uploads}
    assert f"episodes/{new.file}" in names
    assert {name for name in names if "aflevering-2" not in name} <= {"feed.xml", "index.html"}
    assert f"episodes/{old.file}" not in _there()
    assert_sound(_there())


def test_a_dry_run_changes_nothing(library: Library) -> None:
    result = _run(library, "--dry-run", ADDRESS)
    assert "new      feed.xml" in result.stdout
    assert _there() == {}


def test_files_over_the_size_of_one_part_keep_their_headers(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("s3fs.core.calculate_chunksize", lambda *_args, **_kwargs: 5 * 2**20)
    episode = add(library, numbered(3), bytes(11 * 2**20))
    send(make_plan(library, ADDRESS))
    head = boto3.client("s3").head_object(Bucket=BUCKET, Key=f"show/episodes/{episode.file}")
    assert head["ETag"].rstrip('"').endswith("-3")  # of three parts
    assert (head["ContentLength"], head["ContentType"]) == (11 * 2**20, "audio/mpeg")
    assert "immutable" in head["CacheControl"]


def test_a_bucket_that_is_not_there_is_said(library: Library) -> None:
    with pytest.raises(ShowError, match="bucket does not exist"):
        send(make_plan(library, "s3://no-such-bucket/show"))


def test_no_credentials_are_said_and_none_are_printed(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    result = _run(library, ADDRESS)
    assert result.exit_code == 1
    assert "credentials" in result.stderr
    assert SECRET not in result.stderr + result.stdout
