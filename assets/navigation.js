/* After going to another page without loading it anew: say which, begin at its top, focus its h1.
   After going back the browser knows better where one was: there the page is not moved. */
(function () {
  "use strict";
  const PATIENCE = 3000;
  let path = window.location.pathname;
  let status = null;

  function announce(words) {
    if (!status) {
      status = document.createElement("div");
      status.className = "visually-hidden";
      status.setAttribute("role", "status");
      document.body.append(status);
    }
    status.textContent = words;
  }

  function arrive(heading, toTop) {
    if (toTop) window.scrollTo(0, 0);
    heading.setAttribute("tabindex", "-1");
    heading.focus({ preventScroll: true });
    announce(document.title);
  }

  /* The new h1 comes when the page's callback has answered: wait for one that was not there. */
  function awaitHeading(before, words, toTop) {
    const until = Date.now() + PATIENCE;
    const look = function () {
      const heading = document.querySelector("main h1");
      const arrived = heading && (heading !== before || heading.textContent !== words);
      if (arrived || (heading && Date.now() > until)) arrive(heading, toTop);
      else if (Date.now() < until) window.setTimeout(look, 50);
    };
    look();
  }

  function moved(toTop) {
    if (window.location.pathname === path) return;
    path = window.location.pathname;
    const heading = document.querySelector("main h1");
    awaitHeading(heading, heading ? heading.textContent : "", toTop);
  }

  window.addEventListener("_dashprivate_pushstate", function () { moved(true); });
  window.addEventListener("popstate", function () { moved(false); });
})();
