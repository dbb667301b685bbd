"use strict";
/* What both kinds of page share. Plain scripts, no modules: those do not load from the file system. */

document.documentElement.classList.add("js");

const Voorlezer = (() => {
  const FINISHED_S = 3; // so near the end, an episode has been heard

  /* Where a browser keeps nothing for this page, it throws when asked; then nothing is remembered. */
  const kept = (() => {
    try {
      return window.localStorage;
    } catch (error) {
      if (error.name === "SecurityError") return null;
      throw error;
    }
  })();

  const positionKey = (guid) => `voorlezer:position:${guid}`;

  function clock(seconds) {
    const whole = Math.floor(seconds);
    const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    const two = (number) => String(number).padStart(2, "0");
    return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
  }

  function recall(key) {
    return kept ? kept.getItem(key) : null;
  }

  function remember(key, value) {
    try {
      kept?.setItem(key, value);
    } catch (error) {
      if (error.name !== "QuotaExceededError") throw error;
    }
  }

  function position(guid, length) {
    const seconds = Number(recall(positionKey(guid)));
    return seconds > 0 && seconds < length - FINISHED_S ? seconds : 0;
  }

  function keepPosition(guid, seconds, length) {
    if (seconds > length - FINISHED_S) kept?.removeItem(positionKey(guid));
    else remember(positionKey(guid), seconds.toFixed(1));
  }

  let sayingUntil = 0;
  function say(words) {
    const line = document.querySelector(".said");
    line.textContent = words;
    clearTimeout(sayingUntil);
    sayingUntil = setTimeout(() => { line.textContent = ""; }, 4000);
  }

  /* On pages without https, as at home, a browser has no clipboard; there the old command still copies. */
  async function copy(words) {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(words);
      return;
    }
    const field = document.createElement("textarea");
    field.value = words;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }

  async function play(audio) {
    try {
      await audio.play();
    } catch (error) {
      if (error.name === "AbortError") return; // paused before it began
      if (error.name === "NotAllowedError") return; // the browser waits for a click
      say("Het geluid kan niet worden afgespeeld.");
    }
  }

  return { clock, recall, remember, position, keepPosition, say, copy, play };
})();
