/* Counts of who is there now move by themselves. Each place that shows one says in data-live where
   to ask for a newer one; all of the same address are asked for once, every few seconds, while the
   page can be seen. How old a count is goes on by itself, by the server's clock, and a count that
   is too old to speak of 'now' is no longer shown as one, whether the server answers or not. */
(function () {
  "use strict";
  const TICK = 1000;
  const EVERY = 3500;
  const JITTER = 2000;
  const PATIENCE = 10000;
  /* A page may have been drawn so long ago when it is sent. */
  const KEPT = 60000;
  const SURE = 2000;
  /* By address: the tag of the last answer, when to ask next, and the places that have it. */
  const asked = new Map();
  let ahead = null;
  let timer = null;

  function seconds() { return Math.floor((Date.now() + ahead) / 1000); }

  function write(place, selector, words) {
    const element = place.querySelector(selector);
    if (element.textContent !== words) element.textContent = words;
    return element;
  }

  function ago(age) {
    if (age < 1) return "just now";
    const many = age < 60 ? age : Math.floor(age / 60);
    return many + (age < 60 ? " second" : " minute") + (many === 1 ? "" : "s") + " ago";
  }

  function said(moment, options) {
    return moment.toLocaleString("en-GB", { timeZone: "UTC", ...options });
  }

  function since(counted) {
    const then = new Date(counted * 1000);
    const now = new Date(seconds() * 1000);
    const day = { day: "numeric", month: "long" };
    if (then.getUTCFullYear() !== now.getUTCFullYear()) day.year = "numeric";
    const today = then.toISOString().slice(0, 10) === now.toISOString().slice(0, 10);
    const time = said(then, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    return "No live figures since " + time + " (UTC)" + (today ? "." : " on " + said(then, day) + ".");
  }

  function show(place) {
    const { counted, freshFor, people, sentence, then } = place.dataset;
    const age = seconds() - counted;
    const fresh = age < freshFor;
    write(place, ".people", fresh ? people : "").parentElement.hidden = !fresh;
    write(place, ".sentence", fresh ? sentence : "").parentElement.hidden = !fresh;
    write(place, ".of", fresh ? "Counted " + ago(age) + "." : "");
    write(place, ".since", fresh ? "" : since(counted));
    write(place, ".then", fresh ? "" : then);
  }

  /* The element of a component as Dash names it. */
  function set(type, address, properties) {
    const id = { of: address, type: type };
    const element = document.getElementById(JSON.stringify(id));
    if (element && window.dash_clientside) window.dash_clientside.set_props(id, properties);
    return element;
  }

  function take(address, answer) {
    if (!answer.counted) return;
    places().get(address)?.forEach(function (place) {
      ["people", "sentence", "then", "counted"].forEach(function (name) {
        place.dataset[name] = answer[name];
      });
      show(place);
    });
    const chart = set("live-chart", address, { figure: answer.figure });
    if (chart) chart.closest(".chart").setAttribute("aria-label", "Chart. " + answer.summary);
    set("live-table", address, { children: answer.table });
  }

  /* The server tells whole seconds, and some time ago: the most that it is ahead is nearest. */
  function heed(told) {
    if (!told) return;
    const found = told - Date.now();
    ahead = Math.abs(found - ahead) < SURE ? Math.max(found, ahead) : found;
  }

  async function fetched(address, entry) {
    const headers = entry.tag ? { "If-None-Match": entry.tag } : {};
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch(address, { headers, signal, cache: "no-store" });
    heed(Date.parse(response.headers.get("Date")));
    if (response.status === 304) return;
    if (!response.ok) throw new Error(response.status);
    const answer = await response.json();
    if (asked.get(address) !== entry) return;
    take(address, answer);
    entry.tag = response.headers.get("ETag");
  }

  async function ask(address, entry) {
    entry.next = Infinity;
    let wait = EVERY + Math.random() * JITTER;
    try {
      await fetched(address, entry);
    } catch {
      wait *= 2;
    }
    entry.next = Date.now() + wait;
  }

  /* Until the server has said what time it is, this clock is believed as far as it can be true. */
  function guessed(drawn) {
    const now = Date.now();
    return Math.min(Math.max(now, drawn), drawn + KEPT) - now;
  }

  function places() {
    const found = new Map();
    document.querySelectorAll("[data-live]").forEach(function (place) {
      const address = place.dataset.live;
      found.set(address, [...(found.get(address) || []), place]);
      if (ahead === null) ahead = guessed(place.dataset.drawn * 1000);
    });
    return found;
  }

  function isNew(place) { return !asked.get(place.dataset.live)?.has.has(place); }

  /* A place that has just come is sent everything, at once. */
  function entryOf(address, shown) {
    let entry = asked.get(address);
    if (shown.some(isNew)) {
      entry = { tag: null, next: 0, has: new WeakSet(shown) };
      asked.set(address, entry);
    }
    return entry;
  }

  function tick() {
    const found = places();
    [...asked.keys()].forEach(function (address) {
      if (!found.has(address)) asked.delete(address);
    });
    found.forEach(function (shown, address) {
      shown.forEach(show);
      const entry = entryOf(address, shown);
      if (Date.now() >= entry.next) ask(address, entry);
    });
  }

  function rest() {
    window.clearInterval(timer);
    timer = null;
  }

  function wake() {
    rest();
    if (document.visibilityState === "hidden") return;
    asked.clear();
    timer = window.setInterval(tick, TICK);
    tick();
  }

  /* Before it is seen: a page that was drawn before may hold a count that is too old by now. */
  function come() {
    if (timer && [...document.querySelectorAll("[data-live]")].some(isNew)) tick();
  }

  new MutationObserver(come).observe(document, { childList: true, subtree: true });
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", function (event) { if (event.persisted) wake(); });
  wake();
})();
