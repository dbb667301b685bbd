"""A real server on loopback that does as S3 does; import the fixtures where they are needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import boto3
import pytest
import requests
from moto.server import ThreadedMotoServer
from s3fs import S3FileSystem

if TYPE_CHECKING:
    from collections.abc import Iterator

BUCKET = "podcast-of-the-test"
SECRET = "not-a-real-secret"


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of an empty bucket; the environment has what an owner sets to use another place than Amazon."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)
    requests.post(f"{endpoint}/moto-api/reset", timeout=10)
    boto3.client("s3").create_bucket(Bucket=BUCKET, ACL="public-read")
    S3FileSystem.clear_instance_cache()
    yield f"s3://{BUCKET}"
    S3FileSystem.clear_instance_cache()
