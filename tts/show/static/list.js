"use strict";
/* The list of episodes: ways to subscribe, and a small player for each episode. */

(() => {
  const { clock, position, keepPosition, say, copy, play } = Voorlezer;

  function offerSubscription(section) {
    const onWeb = location.protocol === "http:" || location.protocol === "https:";
    const feed = new URL(section.dataset.feed, location.href).href;
    const known = /^https?:/.test(section.dataset.feed);
    const apps = section.querySelector(".apps");
    const address = section.querySelector("input");
    section.querySelector(".local").hidden = known || onWeb;
    if (known || onWeb) {
      const [, bare] = feed.split("://");
      for (const link of apps.querySelectorAll("[data-app]")) {
        link.href = link.dataset.app.replace("{bare}", bare).replace("{url}", encodeURIComponent(feed));
      }
      apps.hidden = address.parentElement.hidden = false;
      address.value = feed;
    }
    address.addEventListener("focus", () => address.select());
    section.querySelector(".copy").addEventListener("click", async () => {
      await copy(address.value);
      say("RSS-adres gekopieerd");
    });
  }

  function offerPlayer(item, template) {
    const audio = item.querySelector("audio");
    const title = item.querySelector("h3").textContent;
    const { guid } = item.dataset;
    const length = Number(item.dataset.length);
    const player = template.content.firstElementChild.cloneNode(true);
    const [button, seek, time] = [player.querySelector("button"), player.querySelector("input"), player.querySelector(".time")];
    const total = clock(Math.round(length));
    let at = position(guid, length);

    function show() {
      seek.value = at;
      seek.style.setProperty("--part", `${(at / length) * 100}%`);
      time.textContent = at ? `${clock(at)} / ${total}` : total;
      seek.setAttribute("aria-valuetext", `${clock(at)} van ${total}`);
      player.classList.toggle("is-playing", !audio.paused);
      button.setAttribute("aria-label", `${audio.paused ? "Luister naar" : "Pauzeer"} ${title}`);
    }

    function go(seconds) {
      at = seconds;
      if (audio.readyState) audio.currentTime = at;
      show();
    }

    seek.max = length;
    seek.setAttribute("aria-label", `Plaats in ${title}`);
    seek.addEventListener("input", () => go(Number(seek.value)));
    button.addEventListener("click", () => {
      if (!audio.paused) return audio.pause();
      if (!audio.readyState) audio.addEventListener("loadedmetadata", () => { audio.currentTime = at; }, { once: true });
      return play(audio);
    });
    audio.addEventListener("timeupdate", () => {
      at = audio.currentTime;
      keepPosition(guid, at, length);
      show();
    });
    for (const event of ["play", "pause", "ended"]) audio.addEventListener(event, show);
    audio.after(player);
    show();
  }

  const section = document.querySelector(".subscribe");
  if (section) offerSubscription(section);
  const template = document.getElementById("player");
  for (const item of document.querySelectorAll(".episodes li")) offerPlayer(item, template);
  document.addEventListener("play", ({ target }) => {
    for (const audio of document.querySelectorAll("audio")) if (audio !== target) audio.pause();
  }, true);
})();
