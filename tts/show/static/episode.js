"use strict";
/* The page of an episode: the player, and the text that goes along with it. */

(() => {
  const { clock, recall, remember, position, keepPosition, say, copy, play } = Voorlezer;
  const BACK_S = 15;
  const AHEAD_S = 30;
  const SOON_S = 0.03; // a jump may land a frame before the sentence that it was for
  const SPEED = "voorlezer:speed";

  const page = document.body;
  const { guid } = page.dataset;
  const length = Number(page.dataset.length);
  const audio = document.querySelector("audio");
  const dock = document.querySelector(".dock");
  const text = document.querySelector(".text");
  const seek = document.querySelector(".seek");
  const speed = document.querySelector("select");
  const svg = document.querySelector(".timeline svg");
  const whole = document.querySelector(".ahead");
  const tip = document.querySelector(".tip");
  const who = document.querySelector(".now .who");
  const elapsed = document.querySelector(".elapsed");
  const startsOf = (elements) => elements.map((element) => Number(element.dataset.t) / 1000);
  const sentences = [...document.querySelectorAll(".s")];
  const sentenceStarts = startsOf(sentences);
  const chapters = [...document.querySelectorAll(".contents a")];
  const chapterStarts = startsOf(chapters);
  const inText = sentences.filter((sentence) => text.contains(sentence));
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let now = null; // the sentence that is spoken
  let chapterNow = null;

  /* Which of these has begun last at this moment, -1 before the first. */
  function latest(starts, seconds) {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= seconds + SOON_S) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  function seen(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight - dock.offsetHeight;
  }

  function bring(sentence) {
    const { top, bottom } = sentence.getBoundingClientRect();
    const room = innerHeight - dock.offsetHeight;
    if (top > room * 0.08 && bottom < room * 0.85) return;
    scrollBy({ top: top - room * 0.3, behavior: still.matches ? "auto" : "smooth" });
  }

  /* The text follows the voice as long as the reader has not scrolled away from it. */
  function highlight(seconds, { follow = false } = {}) {
    const sentence = sentences[latest(sentenceStarts, seconds)] ?? null;
    if (sentence !== now) {
      const along = follow || (!audio.paused && (now ? seen(now) : false));
      now?.classList.remove("is-now");
      now?.removeAttribute("aria-current");
      now = sentence;
      now?.classList.add("is-now");
      now?.setAttribute("aria-current", "true");
      who.textContent = now?.closest("[data-who]")?.dataset.who ?? "Verteller";
      if (inText.includes(now) && !text.contains(document.activeElement)) makeStop(now);
      if (now && along) bring(now);
    } else if (now && follow) bring(now);
    const chapter = chapters[latest(chapterStarts, seconds)] ?? null;
    if (chapter === chapterNow) return;
    for (const [link, current] of [[chapterNow, false], [chapter, true]]) link?.classList.toggle("is-now", current);
    chapterNow = chapter;
  }

  function show(seconds, options) {
    const part = Math.min(1, seconds / length) * 100;
    whole.style.left = `${part}%`;
    whole.style.width = `${100 - part}%`;
    if (document.activeElement !== seek || Number(seek.value) !== seconds) seek.value = seconds;
    elapsed.textContent = clock(seconds);
    highlight(seconds, options);
    seek.setAttribute("aria-valuetext", `${clock(seconds)} van ${clock(Math.round(length))}, ${who.textContent}`);
  }

  function go(seconds) {
    audio.currentTime = Math.min(Math.max(0, seconds), Math.max(0, length - 0.1));
    show(audio.currentTime, { follow: true });
  }

  function toggle() {
    if (audio.paused) {
      if (now) bring(now);
      play(audio);
    } else audio.pause();
  }

  function changeSpeed(steps) {
    const at = speed.selectedIndex + steps;
    speed.selectedIndex = Math.min(Math.max(0, at), speed.options.length - 1);
    setSpeed();
    say(`Snelheid ${speed.selectedOptions[0].textContent}`);
  }

  function setSpeed() {
    audio.defaultPlaybackRate = audio.playbackRate = Number(speed.value);
    remember(SPEED, speed.value);
  }

  /* A moment in the address, "#t=83.4", or null. */
  function asked() {
    const found = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
    return found && Number(found[1]) < length ? Number(found[1]) : null;
  }

  async function share() {
    const here = document.querySelector("link[rel=canonical]")?.href ?? location.href.split("#")[0];
    await copy(`${here}#t=${Math.round(audio.currentTime * 10) / 10}`);
    say(`Link naar ${clock(audio.currentTime)} gekopieerd`);
  }

  /* One sentence of the text at a time is a stop for the tab key; the arrows move it. */
  function makeStop(sentence) {
    for (const stop of text.querySelectorAll("[tabindex='0']")) stop.tabIndex = -1;
    sentence.tabIndex = 0;
  }

  function moveStop(from, steps) {
    const to = inText[inText.indexOf(from) + steps];
    if (!to) return;
    makeStop(to);
    to.focus();
  }

  function listenFrom(element) {
    go(Number(element.dataset.t) / 1000);
    play(audio);
  }

  const actions = {
    play: toggle,
    back: () => go(audio.currentTime - BACK_S),
    ahead: () => go(audio.currentTime + AHEAD_S),
    show: () => { if (now) bring(now); },
    share,
  };

  const keys = {
    " ": (target) => target.closest("button, a, summary") === null && (toggle(), true),
    ArrowLeft: () => (actions.back(), true),
    ArrowRight: () => (actions.ahead(), true),
    "<": () => (changeSpeed(-1), true),
    ">": () => (changeSpeed(1), true),
    ArrowUp: (target) => target.matches(".text .s") && (moveStop(target, -1), true),
    ArrowDown: (target) => target.matches(".text .s") && (moveStop(target, 1), true),
    Enter: (target) => target.matches(".s") && (listenFrom(target), true),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("select, textarea, input:not(.seek)")) return;
    if (keys[event.key]?.(event.target)) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) return actions[button.dataset.do]();
    const sentence = event.target.closest(".s, .contents a");
    if (!sentence || !getSelection().isCollapsed || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
    event.preventDefault();
    return listenFrom(sentence);
  });
  seek.addEventListener("input", () => go(Number(seek.value)));
  dock.querySelector(".timeline").addEventListener("pointermove", ({ clientX, pointerType }) => {
    const { left, width } = svg.getBoundingClientRect();
    const seconds = Math.min(Math.max(0, (clientX - left) / width), 1) * length;
    const chapter = chapters[latest(chapterStarts, seconds)]?.querySelector("span").textContent;
    tip.textContent = chapter ? `${clock(seconds)} · ${chapter}` : clock(seconds);
    tip.hidden = pointerType === "touch";
    const half = tip.offsetWidth / 2 + 8;
    tip.style.left = `${Math.min(Math.max(half, clientX - left), width - half)}px`;
  });
  dock.querySelector(".timeline").addEventListener("pointerleave", () => { tip.hidden = true; });
  speed.addEventListener("change", setSpeed);

  function follow() {
    show(audio.currentTime);
    if (!audio.paused) requestAnimationFrame(follow);
  }

  for (const event of ["play", "pause", "ended"]) {
    audio.addEventListener(event, () => {
      page.classList.toggle("is-playing", !audio.paused);
      dock.querySelector(".play").setAttribute("aria-label", audio.paused ? "Afspelen" : "Pauzeren");
      follow();
    });
  }
  audio.addEventListener("timeupdate", () => keepPosition(guid, audio.currentTime, length));
  audio.addEventListener("seeked", () => show(audio.currentTime));
  audio.addEventListener("error", () => say("Het geluid kan niet worden geladen."));
  addEventListener("hashchange", () => { if (asked() !== null) go(asked()); });

  if ("mediaSession" in navigator) {
    const { title, artist, album, cover } = page.dataset;
    const src = new URL(cover, location.href).href;
    const artwork = src.startsWith("http") ? [{ src, sizes: "600x600", type: "image/jpeg" }] : []; // no file may be one
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist, album, artwork });
    const chapterFrom = (steps) => chapterStarts[latest(chapterStarts, audio.currentTime) + steps] ?? 0;
    const handlers = {
      play: toggle,
      pause: toggle,
      seekbackward: actions.back,
      seekforward: actions.ahead,
      seekto: ({ seekTime }) => go(seekTime),
      previoustrack: () => go(chapterFrom(-1)),
      nexttrack: () => go(chapterFrom(1)),
    };
    for (const [action, handler] of Object.entries(handlers)) navigator.mediaSession.setActionHandler(action, handler);
  }

  document.querySelector(".total").textContent = clock(Math.round(length));
  for (const sentence of inText) sentence.tabIndex = -1;
  if (inText.length) makeStop(inText[0]);
  const spoken = recall(SPEED);
  if ([...speed.options].some((option) => option.value === spoken)) speed.value = spoken;
  setSpeed();
  const begin = asked() ?? position(guid, length);
  if (asked() !== null) go(begin);
  else if (begin) {
    audio.currentTime = begin;
    show(begin);
  } else show(0);
})();
