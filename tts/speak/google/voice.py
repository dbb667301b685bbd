"""Google's Dutch voice, the one of Google Translate: gTTS composes the requests, this module sends and checks them.

Environment: VOORLEZER_GOOGLE_URL names another server (https://host:port; http only on this machine) for tests,
REQUESTS_CA_BUNDLE a file of certificates to trust instead of the usual ones, VOORLEZER_GOOGLE_PACE the pace (see
`tts.speak.google.pace`), and HTTPS_PROXY a proxy.
"""

from __future__ import annotations

import ipaddress
import os
import ssl
import time
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import version
from threading import Event, Thread
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

import requests
import tenacity
from gtts import gTTS
from requests.adapters import HTTPAdapter
from urllib3.exceptions import NewConnectionError

from tts.errors import VoiceBusy, VoiceError, VoiceMissing, VoiceRefused
from tts.model import Clip, VoiceSpec
from tts.speak.google.answer import NotSpeech, checked_clip, speech_in
from tts.speak.google.pace import google_pace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tts.speak.google.pace import Pace

URL_VARIABLE = "VOORLEZER_GOOGLE_URL"

_URL = "https://translate.google.com"  # gTTS's default tld; others are not known to sound different
_PATH = "/_/TranslateWebserverUi/data/batchexecute"

# Not measured: this was written without a way to Google. A clip's true level is found by the mixer's own meter.
_LEVEL_LUFS = -21.0

_MOST_BYTES = 4_000_000  # a hundred characters are some 50 kB of base64
_CHUNK_BYTES = 256  # small, so that a deadline is noticed while an answer drips in
_BLOCKED_FROM_TRY = 2  # one refusal says that the pace was too high; a second, that a lower one did not help

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for Google, and how often to ask again.

    tries          : requests for one text, all in all.
    first_wait_s   : before the second try; it doubles from there on, and up to first_wait_s is added by chance,
                     so that the lanes do not come back at the same moment.
    longest_wait_s : no wait is longer; when Google asks for more, its wish is passed on as `VoiceBusy`.
    connect_s, read_s : without a sign of life. total_s : for a whole answer, name look-up to last byte.
    """

    tries: int = 5
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0
    connect_s: float = 5.0
    read_s: float = 10.0
    total_s: float = 20.0


class _Blocked(VoiceBusy):
    """Google wants fewer requests, from everybody at this address."""


class GoogleVoice:
    """The Dutch voice of Google Translate; a `Voice`.

    Every clip was checked: its answer is Google's, it decodes, it is sound, and it is long enough for its text. TLS
    certificates are always checked. Calls of `speak` may come from several threads; they share their connections,
    and their pace with all processes of this machine.

    Raises: VoiceMissing, where VOORLEZER_GOOGLE_URL is no URL that may be used; InputError for a bad pace.
    """

    spec = VoiceSpec("google", "google")
    version = version("gTTS")
    max_chars: int = gTTS.GOOGLE_TTS_MAX_CHARS
    level_lufs = _LEVEL_LUFS

    def __init__(self, pace: Pace | None = None, patience: Patience | None = None) -> None:
        self._url = _server_url() + _PATH
        self._own_pace = pace
        self._patience = patience or Patience()
        self._closing = Event()
        self._session = requests.Session()
        self._session.mount("https://", HTTPAdapter(pool_maxsize=self.lanes))
        # As gTTS, whose every request is a first one: nothing ties one to the next.
        self._session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))

    @property
    def _pace(self) -> Pace:
        """Asked each time: a worker lives on, and the next run may want another one."""
        return self._own_pace or google_pace()

    @property
    def lanes(self) -> int:
        return self._pace.connections

    def speak(self, text: str) -> Clip:
        """All words of `text`, at most `max_chars` characters, as sound; `encoded` is Google's own MP3.

        Raises: VoiceBusy, VoiceRefused, VoiceMissing.
        """
        body = _request_body(text)
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception_type((VoiceBusy, NotSpeech)),
            stop=self._stop,
            wait=self._wait_s,
            sleep=tenacity.sleep_using_event(self._closing),
            reraise=True,
        )
        try:
            return retrying(self._try, text, body)
        except VoiceBusy as error:
            raise VoiceBusy(_advice(error), error.retry_after_s) from error
        except VoiceRefused as error:
            raise VoiceRefused(_advice(error)) from error
        except VoiceMissing as error:
            raise VoiceMissing(f"cannot use Google's voice: {error}; put that right, or use --voice espeak") from error

    def close(self) -> None:
        """Let go of the connections; who waits for another try gives up."""
        self._closing.set()
        self._session.close()

    def _try(self, text: str, body: str) -> Clip:
        with self._pace.turn() as turn:
            try:
                page = _within(self._patience.total_s, lambda: self._post(body))
            except _Blocked as error:
                self._pace.refused(turn, error.retry_after_s or 0.0)
                raise
        return checked_clip(text, speech_in(page, gTTS.GOOGLE_TTS_RPC))

    def _post(self, body: str) -> str:
        """The page that Google answers with."""
        patience = self._patience
        deadline = time.monotonic() + patience.total_s
        try:
            with self._session.post(
                self._url,
                data=body,
                headers=gTTS.GOOGLE_TTS_HEADERS,
                timeout=(patience.connect_s, patience.read_s),
                allow_redirects=False,
                stream=True,
            ) as response:
                _check_status(response)
                return _read(response, deadline)
        except requests.RequestException as error:
            raise _translated(error) from error
        except OSError as error:  # the file that REQUESTS_CA_BUNDLE names
            raise VoiceMissing(f"no certificates to check it with ({error})") from error

    def _stop(self, state: tenacity.RetryCallState) -> bool:
        patience = self._patience
        enough = state.attempt_number >= patience.tries or _retry_after_s(state) > patience.longest_wait_s
        return enough or self._closing.is_set()

    def _wait_s(self, state: tenacity.RetryCallState) -> float:
        patience = self._patience
        backoff = tenacity.wait_exponential(patience.first_wait_s, patience.longest_wait_s / 2)
        jitter = tenacity.wait_random(0, patience.first_wait_s)
        wait_s = max(_retry_after_s(state), (backoff + jitter)(state))
        if isinstance(_error_of(state), _Blocked) and state.attempt_number >= _BLOCKED_FROM_TRY:
            self._pace.hold(wait_s)
        return wait_s


def probe(timeout_s: float = 2.0) -> str | None:
    """None when Google speaks, else the reason why not in a few words; after `timeout_s` at the latest.

    Has one real word spoken and checks the answer, once.

    Raises: InputError, for a bad pace in the environment.
    """
    try:
        voice = GoogleVoice(patience=Patience(tries=1, connect_s=timeout_s, read_s=timeout_s, total_s=timeout_s))
    except VoiceMissing as error:
        return str(error)
    try:
        _within(timeout_s, lambda: voice.speak("Ja"))
    except VoiceError as error:
        return str(error.__cause__ or error)  # the cause is the reason without advice
    finally:
        voice.close()
    return None


def _server_url() -> str:
    url = os.environ.get(URL_VARIABLE, "").rstrip("/") or _URL
    if not _may_be_asked(url):
        raise VoiceMissing(f"{URL_VARIABLE} is {url!r}; give https://host:port, or http to this machine only")
    return url


def _may_be_asked(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host)))


def _is_loopback(host: str | None) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def _request_body(text: str) -> str:
    """What gTTS would send for this text, as one request."""
    if not any(char.isalnum() for char in text):
        raise VoiceRefused(f"there is nothing to say in {text[:40]!r}; leave it out")
    if len(text) > GoogleVoice.max_chars:
        raise VoiceRefused(f"Google takes {GoogleVoice.max_chars} characters at once, not {len(text)}; cut the text")
    # No check of the language either: "nl" is there, and the check imports a table of all of them.
    asked = gTTS(text, lang="nl", lang_check=False, pre_processor_funcs=[], tokenizer_func=lambda whole: [whole])
    (body,) = asked.get_bodies()
    return str(body)


def _within(seconds: float, call: Callable[[], _Result]) -> _Result:
    """The result of `call`, or VoiceBusy when it takes longer: then it goes on by itself and is not heard again.

    A thread, because nothing else ends a name look-up that stalls or headers that drip in.
    """
    future: Future[_Result] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001  # it is raised again in the thread that waits
            future.set_exception(error)

    Thread(target=run, name="google", daemon=True).start()
    try:
        return future.result(seconds)
    except TimeoutError:
        raise VoiceBusy(f"no answer within {seconds:g} s") from None  # the deadline itself, nothing behind it


def _check_status(response: requests.Response) -> None:
    status = response.status_code
    if status == requests.codes.too_many_requests or "/sorry/" in response.headers.get("Location", ""):
        raise _Blocked(f"blocked ({status})", _retry_after(response))
    if status >= requests.codes.internal_server_error:
        raise _Blocked(f"out of order ({status})", _retry_after(response))
    if response.is_redirect:
        raise NotSpeech(f"a page instead of speech ({status})")
    if status != requests.codes.ok:
        raise VoiceRefused(f"refused ({status})")


def _retry_after(response: requests.Response) -> float | None:
    """Seconds that the answer asks to wait; its two forms are in RFC 9110, 10.2.3."""
    asked = response.headers.get("Retry-After", "").strip()
    if asked.isdecimal():
        return float(asked)
    try:
        moment = parsedate_to_datetime(asked)
    except ValueError:
        return None
    return max(0.0, (moment.astimezone(UTC) - datetime.now(UTC)).total_seconds())


def _read(response: requests.Response, deadline: float) -> str:
    page = bytearray()
    for chunk in response.iter_content(_CHUNK_BYTES):
        page += chunk
        if time.monotonic() > deadline:
            raise VoiceBusy("the answer drips in too slowly")
        if len(page) > _MOST_BYTES:
            raise NotSpeech(f"an answer of over {_MOST_BYTES} bytes")
    return page.decode("utf-8", "replace")


def _translated(error: requests.RequestException) -> VoiceError:
    causes = list(_causes(error))
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return VoiceMissing("its certificate is not to be trusted")
    if isinstance(error, requests.exceptions.ProxyError):
        return VoiceMissing("no connection (proxy)")
    if isinstance(error, requests.Timeout):
        return VoiceBusy("no answer in time")
    if any(isinstance(cause, NewConnectionError) for cause in causes):
        return VoiceMissing("no connection")
    return VoiceBusy(f"the connection broke ({type(error).__name__})")


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _error_of(state: tenacity.RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _retry_after_s(state: tenacity.RetryCallState) -> float:
    error = _error_of(state)
    return (error.retry_after_s or 0.0) if isinstance(error, VoiceBusy) else 0.0


def _advice(error: VoiceError) -> str:
    return f"Google gave no speech: {error}; try again in some hours, or use --voice espeak"
