"""One article to one episode: made, left alone, made again, and what happens when a voice gives up."""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import webvtt

from tests.conftest import EXAMPLE
from tests.speak.pitch_meter import median_pitch_hz
from tests.voices import ToneEngine, ToneVoice
from tts import orders
from tts.audio import decode_mp3
from tts.errors import VoiceBusy, VoiceMissing
from tts.model import Article, Edits, Paragraph, VoiceSpec
from tts.orders import Wishes
from tts.produce import Product, produce
from tts.read import read_article
from tts.show.library import Library
from tts.show.site import refresh
from tts.speak import studio as studios
from tts.speak.cache import ClipCache
from tts.speak.cast import Cast
from tts.stitch.codec import DECODER_DELAY_SAMPLES
from tts.stitch.transcript import captions, vtt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tts.model import Block, Voice

NO_WISHES = Wishes()
TEXT = (
    "De sluis bij Heelum gaat een jaar dicht voor groot onderhoud.",
    "“We hadden dit liever eerder gedaan”, zegt dijkgraaf Ina Vos. Schippers moeten omvaren.",
    "De kosten zijn € 3,2 miljoen.",
)


def _article(*text: str) -> Article:
    return Article("De sluis", "2024-05-03", None, "nl", None, "id:sluis", tuple(Paragraph("text", t) for t in text))


class Ears:
    """A listener that remembers."""

    def __init__(self) -> None:
        self.casts: list[Cast] = []
        self.warnings: list[str] = []
        self.progress_seen: list[tuple[int, int]] = []

    def segmented(self, article: Article, title: str, blocks: Sequence[Block]) -> None:
        self.title = title
        self.kinds = [block.kind for block in blocks]

    def cast_chosen(self, cast: Cast) -> None:
        self.casts.append(cast)

    def progress(self, done: int, total: int) -> None:
        self.progress_seen.append((done, total))

    def warn(self, message: str) -> None:
        self.warnings.append(message)


class Studio:
    """`produce` with tone voices in the place of engines; `fail` makes an engine give up at a text."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.library = Library(folder / "show")
        self.cache = ClipCache(folder / "cache")
        self.asked: list[tuple[str, str]] = []
        self.fails: dict[str, str] = {}
        self.chosen = Cast(VoiceSpec("espeak", "nl"), VoiceSpec("espeak", "nl+m3", pitch=4.0), "for the test")
        monkeypatch.setattr(studios, "engine", lambda _name: ToneEngine(self._voice))
        monkeypatch.setattr(orders, "choose", lambda _voice, _quotes, *, offline: self.chosen)

    def _voice(self, spec: VoiceSpec) -> ToneVoice:
        studio = self

        class Recorded(ToneVoice):
            lanes = 1

            def speak(self, text: str):  # type: ignore[no-untyped-def]  # noqa: ANN202  (as in ToneVoice)
                studio.asked.append((spec.engine, text))
                if studio.fails.get(spec.engine) and studio.fails[spec.engine] in text:
                    raise VoiceBusy("Google blocks this address for a while; try again in some hours")
                return super().speak(text)

        return Recorded(spec, hz=220 if spec.pitch == 0 else 280)

    def files(self) -> set[str]:
        """What of the show folder is no disposable index and no cover."""
        folder = self.library.folder
        names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
        return {name for name in names if not name.startswith((".lock", ".index", "cover."))}

    def make(self, article: Article, wishes: Wishes = NO_WISHES) -> tuple[Product, Ears]:
        self.asked.clear()
        ears = Ears()
        with studios.Studio(self.cache) as studio:
            return produce(article, self.library, studio, wishes, ears), ears


@pytest.fixture
def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Studio:
    return Studio(tmp_path, monkeypatch)


def test_an_article_becomes_an_episode(studio: Studio) -> None:
    product, ears = studio.make(_article(*TEXT))
    episode = product.episode
    assert product.state == "made"
    assert episode.title == "De sluis"
    assert episode.speakers == ("Ina Vos",)
    assert episode.loudness_lufs == pytest.approx(-16, abs=0.5)
    assert episode.true_peak_dbtp is not None
    assert episode.true_peak_dbtp <= -1
    assert product.audio.stat().st_size == episode.n_bytes
    assert studio.files() == {f"episodes/{episode.file}", "episodes/de-sluis.json"}
    assert ears.progress_seen[-1][0] == ears.progress_seen[-1][1] > 0
    assert [chapter.title for chapter in product.chapters] == ["De sluis", "Ina Vos"]


def test_unchanged_nothing_is_done(studio: Studio) -> None:
    first, _ = studio.make(_article(*TEXT))
    written = first.audio.stat().st_mtime_ns
    second, _ = studio.make(_article(*TEXT))
    assert second.state == "unchanged"
    assert second.episode == first.episode
    assert studio.asked == []
    assert first.audio.stat().st_mtime_ns == written


def test_after_an_edit_only_what_changed_is_spoken_and_it_is_the_same_episode(studio: Studio) -> None:
    first, _ = studio.make(_article(*TEXT))
    second, _ = studio.make(
        dataclasses.replace(_article(TEXT[0], TEXT[1], "De kosten zijn € 4 miljoen."), title="Sluis dicht")
    )
    assert second.state == "made again"
    assert {text for _, text in studio.asked} == {"Sluis dicht.", "De kosten zijn vier miljoen euro."}
    assert second.episode.guid == first.episode.guid
    assert second.episode.slug == first.episode.slug
    assert second.episode.published == first.episode.published
    assert second.episode.revision == 2
    assert second.episode.corrected == second.episode.updated
    assert first.audio.exists()  # as long as the feed names it
    refresh(studio.library)
    assert not first.audio.exists()


def test_another_voice_is_no_correction(studio: Studio) -> None:
    studio.make(_article(*TEXT))
    studio.chosen = Cast(VoiceSpec("mbrola", "nl2"), VoiceSpec("mbrola", "nl3"), "better")
    again, _ = studio.make(_article(*TEXT), Wishes(voice="mbrola:nl2"))
    assert (again.episode.revision, again.episode.corrected) == (2, None)


def test_the_owners_title_stays_when_the_article_is_made_again(studio: Studio) -> None:
    studio.make(_article(*TEXT), Wishes(edits=Edits(title="De sluis dicht")))
    again, ears = studio.make(_article(TEXT[0]))
    assert again.episode.title == ears.title == "De sluis dicht"
    assert again.episode.cues[0].passage.source == "De sluis dicht"


def test_two_articles_with_one_title_are_two_episodes(studio: Studio) -> None:
    first, _ = studio.make(_article(*TEXT))
    second, _ = studio.make(dataclasses.replace(_article(TEXT[0]), identity="id:other"))
    assert (first.episode.slug, second.episode.slug) == ("de-sluis", "de-sluis-2")
    assert (first.episode.number, second.episode.number) == (1, 2)
    assert first.episode.guid != second.episode.guid


def test_a_lost_mp3_is_made_again_from_the_clips(studio: Studio) -> None:
    first, _ = studio.make(_article(*TEXT))
    first.audio.unlink()
    second, _ = studio.make(_article(*TEXT))
    assert second.state == "made again"
    assert second.episode.file == first.episode.file  # the same clips give the same bytes, so the same name


def test_it_keeps_the_voice_it_was_made_in(studio: Studio) -> None:
    first, _ = studio.make(_article(*TEXT))
    studio.chosen = Cast(VoiceSpec("mbrola", "nl2"), VoiceSpec("mbrola", "nl3"), "better")
    kept, ears = studio.make(_article(TEXT[0]))
    assert kept.episode.narrator == first.episode.narrator
    assert ears.casts[0].why == "the voice this episode was made in"
    asked, _ = studio.make(_article(TEXT[0]), Wishes(voice="mbrola:nl2"))
    assert asked.episode.narrator == VoiceSpec("mbrola", "nl2")


def test_a_kept_voice_that_is_not_to_be_had_is_an_error(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    first, _ = studio.make(_article(*TEXT))

    def gone(spec: VoiceSpec) -> Voice:
        raise VoiceMissing(f"the voice {spec.label} can't be used here")

    monkeypatch.setattr(studios, "engine", lambda _name: ToneEngine(gone))
    with pytest.raises(VoiceMissing):
        studio.make(_article(TEXT[0]))
    assert first.audio.exists()
    assert studio.make(_article(*TEXT))[0].state == "unchanged"


def _google_then_espeak() -> Cast:
    stand_in = Cast(VoiceSpec("espeak", "nl"), VoiceSpec("espeak", "nl+m3", pitch=4.0), "Google gave up")
    return Cast(VoiceSpec("google", "google"), VoiceSpec("google", "google", pitch=-3.5), "Google answers", stand_in)


def test_auto_makes_the_whole_episode_in_the_other_voice_when_google_gives_up(studio: Studio) -> None:
    studio.chosen, studio.fails = _google_then_espeak(), {"google": "drie komma twee"}
    product, ears = studio.make(_article(*TEXT))
    said_by_espeak = {text for engine, text in studio.asked if engine == "espeak"}
    assert said_by_espeak == {cue.passage.text for cue in product.episode.cues}
    assert product.episode.narrator.engine == product.episode.quoted.engine == "espeak"
    assert len(ears.warnings) == 1
    assert "espeak:nl" in ears.warnings[0]


def test_google_by_name_fails_and_the_next_run_goes_on_from_its_clips(studio: Studio) -> None:
    studio.chosen = dataclasses.replace(_google_then_espeak(), stand_in=None)
    studio.fails = {"google": "drie komma twee"}
    with pytest.raises(VoiceBusy):
        studio.make(_article(*TEXT))
    assert studio.files() == set()
    n_kept = studio.cache.usage().n_clips
    studio.fails = {}
    product, _ = studio.make(_article(*TEXT))
    assert 0 < n_kept < len(product.episode.cues)
    assert studio.cache.usage().n_clips == len({(c.passage.part, c.passage.text) for c in product.episode.cues})


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_no_word_of_the_source_is_missing_from_the_transcript(studio: Studio) -> None:
    raw = EXAMPLE.read_text(encoding="utf-8")
    product, _ = studio.make(read_article(str(EXAMPLE)))
    shown = vtt(captions(product.episode.cues, product.episode.n_samples))
    heard = _words(" ".join(caption.text for caption in webvtt.from_string(shown).captions))
    # What is read is the source with its pull quote announced instead of labelled and credited, after two lines of
    # Voorlezer's own: the date as words of the byline, and the disclosure.
    source = _words(
        raw.replace("Quote Een", "Tarik Benali onderzoeker Een").replace("mensen. Tarik Benali, onderzoeker", "mensen.")
    )
    at = source.index("Elke")
    assert heard[-len(source[at:]) :] == source[at:]
    assert heard[: len(source[:at])] == source[:at]
    assert len(heard) == len(source) + len(_words(product.episode.disclosure))


def test_narration_and_quotes_sound_different_in_a_real_episode(tmp_path: Path) -> None:
    library = Library(tmp_path / "show")
    wishes = Wishes(voice="espeak:nl", offline=True)
    with studios.Studio(ClipCache(tmp_path / "cache")) as studio:
        product = produce(read_article(str(EXAMPLE)), library, studio, wishes, Ears())
    sound = decode_mp3(product.audio.read_bytes())[DECODER_DELAY_SAMPLES:]
    cues = product.episode.cues
    pitch = {
        part: median_pitch_hz(np.concatenate([sound[c.start : c.end] for c in cues if c.passage.part == part][:12]))
        for part in ("narrator", "quoted")
    }
    assert abs(12 * np.log2(pitch["quoted"] / pitch["narrator"])) >= 2.5
    assert product.episode.loudness_lufs == pytest.approx(-16, abs=0.5)
