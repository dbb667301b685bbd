"""`voorlezer serve` itself: where it listens, and what it says."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest
import requests
import segno
from click.testing import CliRunner

from tests.show.material import add, numbered
from tests.show.plain_cover import plain_cover  # noqa: F401 -- a fixture for all tests here
from tts.cli.main import voorlezer
from tts.cli.serve import qr_code
from tts.errors import ShowError
from tts.show import serve as server
from tts.show.library import Library
from tts.show.serve import DEFAULT_PORT, PortTaken, lan_address, listen, listen_somewhere
from tts.show.site import refresh

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HERE = "127.0.0.1"


@contextmanager
def _ended(process: subprocess.Popen[str]) -> Iterator[None]:
    """Whatever comes of the test, the process does not stay."""
    try:
        yield
    finally:
        process.kill()


def test_a_taken_port_is_said_and_another_found() -> None:
    with closing(listen(HERE, 0)) as first:
        with pytest.raises(PortTaken, match="--port"):
            listen(HERE, first.getsockname()[1])
        with closing(listen_somewhere(HERE)) as found:
            assert found.getsockname()[1] >= DEFAULT_PORT
            with closing(listen_somewhere(HERE)) as next_free:
                assert next_free.getsockname()[1] != found.getsockname()[1]


def test_an_answer_does_not_wait_for_the_client_to_confirm_its_head() -> None:
    with closing(listen(HERE, 0)) as listening, socket.create_connection(listening.getsockname()):
        connection, _ = listening.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


@pytest.mark.parametrize("host", ["192.0.2.99", "no-such-host.invalid"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(ShowError, match="can't listen on"):
        listen(host, 0)


def test_the_address_in_the_network_is_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    address = lan_address()
    if address is not None:
        with closing(listen(address, 0)) as listening:
            assert listening.getsockname()[0] == address

    def unreachable(*_: object) -> None:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr(socket.socket, "connect", unreachable)
    assert lan_address() is None


def test_the_code_in_the_terminal_is_the_code_of_the_address() -> None:
    address = "http://192.168.178.21:8000/"
    blocks = {" ": (1, 1), "▀": (0, 1), "▄": (1, 0), "█": (0, 0)}
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in qr_code(address).splitlines()]
    rows = [[blocks[sign][half] for sign in line] for line in lines for half in (0, 1)]
    expected = [[int(module) for module in row] for row in segno.make(address, error="l").matrix_iter(border=4)]
    assert rows[: len(expected)] == expected


@pytest.mark.parametrize(
    ("lan", "host", "shown", "said"),
    [
        ("192.168.1.7", "0.0.0.0", "http://192.168.1.7:", "Everybody in this network can listen"),
        (None, "0.0.0.0", "http://127.0.0.1:", "in no network"),
        ("192.168.1.7", "127.0.0.1", "http://127.0.0.1:", "Only programs on this machine"),
    ],
)
def test_what_is_said_at_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lan: str | None, host: str, shown: str, said: str
) -> None:
    monkeypatch.setattr(server, "lan_address", lambda: lan)
    monkeypatch.setattr(server, "serve", lambda _library, listening, **_: listening.close())
    result = CliRunner().invoke(voorlezer, ["serve", "--show", str(tmp_path), "--host", host, "--port", "0"])
    assert result.exit_code == 0, result.output
    assert re.search(rf"subscribe +{re.escape(shown)}\d+/feed\.xml\n", result.output)
    assert said in result.output


def test_a_show_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = CliRunner(mix_stderr=False).invoke(voorlezer, ["serve", "--show", str(tmp_path / "absent")])
    assert result.exit_code == 1
    assert "there is no show" in result.stderr
    assert not (tmp_path / "absent").exists()


@pytest.mark.parametrize(("option", "scheme"), [("--verbose", "http"), ("--behind-proxy", "https")])
def test_the_command_serves_until_ctrl_c_and_ends_quietly(tmp_path: Path, option: str, scheme: str) -> None:
    library = Library(tmp_path)
    add(library, numbered(1), bytes(20_000_000))
    refresh(library)
    command = [sys.executable, "-m", "tts", "serve", "--show", str(tmp_path), "--host", HERE, "--port", "0", option]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process,
        _ended(process),
    ):
        assert process.stdout is not None
        assert process.stderr is not None
        said = "".join(iter(process.stdout.readline, "Ctrl-C stops.\n"))
        match = re.search(r"subscribe +(\S+)", said)
        assert match
        feed = requests.get(match[1], headers={"X-Forwarded-Proto": "https"}, timeout=10).text
        enclosure = re.search(rf'enclosure url="{scheme}://([^"]+)', feed)
        assert enclosure
        with requests.get(f"http://{enclosure[1]}", stream=True, timeout=10) as halfway:
            halfway.raw.read(1000)
            process.send_signal(signal.SIGINT)
            assert process.wait(10) == 0
        assert ("GET /feed.xml" in process.stdout.read()) == (option == "--verbose")
        assert process.stderr.read() == ""
