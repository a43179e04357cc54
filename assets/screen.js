/* A page on a big screen: turns through its modules, each as large as fits; asks for the page anew,
   and keeps what it shows while nobody answers, saying since when. */
(function () {
  "use strict";
  const TICK = 500;
  const REFRESH = 30000;
  const RETRY = 2000;
  const RETRY_MOST = 60000;
  const PATIENCE = 15000;
  /* How long a pointer that moved keeps what is shown: one that is left lying does not. */
  const HOLD = 10000;
  /* How much larger than on a page, on a screen 1920 pixels wide. */
  const LARGEST = 2.6;
  const SMALLEST = 0.9;
  const STEP = 0.1;

  let place = 0;
  let turned = Date.now();
  let paused = false;
  let movedAt = -HOLD;
  let tag = null;
  let asking = false;
  let askAt = Date.now() + REFRESH;
  let wait = RETRY;
  let answeredAt = new Date();
  let failing = false;

  function stage() { return document.querySelector("main.screen"); }

  function slides() { return [...stage().querySelectorAll(".slide")]; }

  /* As large as fits in both directions. */
  function fit(slide) {
    const inside = slide.firstElementChild;
    const room = { width: slide.clientWidth, height: slide.clientHeight };
    const unit = window.innerWidth / 1920;
    for (let scale = LARGEST; scale >= SMALLEST; scale -= STEP) {
      const size = scale * unit;
      inside.style.width = room.width / size + "px";
      inside.style.transform = "scale(" + size + ")";
      const high = inside.scrollHeight * size <= room.height;
      if (high && inside.scrollWidth <= inside.clientWidth + 1) return;
    }
  }

  function show() {
    const all = slides();
    if (!all.length) return;
    place = ((place % all.length) + all.length) % all.length;
    all.forEach(function (slide, index) {
      const on = index === place;
      if (on && !slide.hasAttribute("data-on")) fit(slide);
      slide.toggleAttribute("data-on", on);
      slide.setAttribute("aria-hidden", String(!on));
    });
  }

  function turn(by) {
    place += by;
    turned = Date.now();
    show();
  }

  function isHeld() {
    const button = stage().querySelector(".pause");
    return paused || Date.now() - movedAt < HOLD || document.activeElement === button;
  }

  function pause() {
    paused = !paused;
    turned = Date.now();
    write(".pause", paused ? "Go on" : "Pause");
  }

  function write(selector, words) {
    const element = stage().querySelector(selector);
    if (element.textContent !== words) element.textContent = words;
  }

  function clock(moment) {
    const day = moment.toDateString() === new Date().toDateString() ? "" : moment.toLocaleDateString("en-GB") + ", ";
    return day + moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  }

  function tell() {
    const words = failing ? "Out of date since " + clock(answeredAt) + ": the platform does not answer. Trying again." : "";
    write(".trouble", words);
  }

  async function fetched() {
    const of = window.location.pathname + window.location.search;
    const response = await fetch("/screen?of=" + encodeURIComponent(of), {
      headers: tag ? { "If-None-Match": tag } : {},
      signal: AbortSignal.timeout(PATIENCE),
      cache: "no-store",
    });
    if (response.status === 304) return;
    if (!response.ok) throw new Error(response.status);
    const page = await response.json();
    window.dash_clientside.set_props("_pages_content", { children: page });
    tag = response.headers.get("ETag");
    window.setTimeout(again);
  }

  /* What has come is shown where the one before it was. */
  function again() {
    if (!stage()) return;
    slides().forEach(function (slide) { if (slide.hasAttribute("data-on")) fit(slide); });
    show();
  }

  async function ask() {
    asking = true;
    try {
      await fetched();
      failing = false;
      answeredAt = new Date();
      wait = RETRY;
      askAt = Date.now() + REFRESH;
    } catch {
      failing = true;
      askAt = Date.now() + wait;
      wait = Math.min(wait * 2, RETRY_MOST);
    }
    asking = false;
  }

  function tick() {
    const here = stage();
    document.documentElement.classList.toggle("on-screen", Boolean(here));
    if (!here) return;
    here.toggleAttribute("data-held", isHeld());
    if (isHeld()) turned = Math.max(turned, Date.now() - 1000 * here.dataset.every + TICK);
    show();
    if (Date.now() - turned >= 1000 * here.dataset.every) turn(1);
    if (!asking && Date.now() >= askAt) ask();
    tell();
  }

  document.addEventListener("pointermove", function (event) {
    if (event.movementX || event.movementY) movedAt = Date.now();
  });
  document.addEventListener("click", function (event) {
    if (stage() && event.target.closest(".pause")) pause();
  });
  document.addEventListener("keydown", function (event) {
    if (!stage() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowRight") turn(1);
    else if (event.key === "ArrowLeft") turn(-1);
    else if (event.key === " " && !event.target.closest("button")) pause();
    else return;
    event.preventDefault();
  });
  window.addEventListener("resize", function () { if (stage()) again(); });
  window.addEventListener("online", function () { askAt = Date.now(); });
  window.setInterval(tick, TICK);
})();
