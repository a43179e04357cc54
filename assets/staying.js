/* Dash builds a page anew for each change of its address. Where the page is the same one, keep
   what had the focus, what was being typed, what stood open, and the place; say what changed. */
(function () {
  "use strict";
  const TYPING = 1500;
  let path = window.location.pathname;
  let focused = null;
  let typedAt = 0;
  let place = 0;

  function key(element) {
    const owner = element.closest("[id]");
    if (owner === element) return { id: element.id };
    return owner && { id: owner.id, link: [...owner.querySelectorAll("a")].indexOf(element) };
  }

  function found(key) {
    const owner = key && document.getElementById(key.id);
    return owner && key.link !== undefined ? owner.querySelectorAll("a")[key.link] : owner;
  }

  /* React hears of a value only through the browser's own setter and an event. */
  function type(input, value) {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, value);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function refocus(was, where) {
    const now = found(where);
    if (!now || document.activeElement !== document.body) return;
    now.focus({ preventScroll: true });
    if (!/^(text|search)$/.test(was.type)) return;
    if (was.value !== now.value && Date.now() - typedAt < TYPING) type(now, was.value);
    now.setSelectionRange(was.selectionStart, was.selectionEnd);
  }

  function title(details) { return details.querySelector("summary").firstChild.textContent; }

  function reopen(before, after) {
    const now = after.querySelectorAll("details");
    before.querySelectorAll("details").forEach(function (details, index) {
      const same = now[index] && title(now[index]) === title(details);
      if (same) now[index].open = details.open;
    });
  }

  function say(before, after) {
    const now = after.querySelector("[data-announce]");
    const was = before.querySelector("[data-announce]");
    if (now && (!was || was.textContent !== now.textContent)) window.announce(now.textContent);
  }

  function replaced(changes) {
    const stayed = window.location.pathname === path;
    path = window.location.pathname;
    const before = changes.flatMap((change) => [...change.removedNodes]).find((n) => n.querySelector);
    const after = document.querySelector("main");
    if (!stayed || !before || !after) return;
    reopen(before, after.parentElement);
    if (focused && before.contains(focused)) refocus(focused, key(focused));
    say(before, after);
  }

  function watch() {
    const content = document.getElementById("_pages_content");
    if (content) new MutationObserver(replaced).observe(content, { childList: true });
    else window.setTimeout(watch, 50);
  }

  document.addEventListener("focusin", function (event) { focused = event.target; });
  document.addEventListener("input", function () { typedAt = Date.now(); });
  document.addEventListener("click", function () { place = window.scrollY; }, true);

  /* Dash scrolls to the top for every link. */
  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a");
    if (!link || !event.defaultPrevented) return;
    if (link.closest("[data-stay]")) window.scrollTo(0, place);
    const leads = link.closest("[data-leads-to]");
    const to = leads && document.getElementById(leads.dataset.leadsTo);
    if (to) to.focus();
  });
  watch();
})();
