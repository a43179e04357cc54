/* After going to another page without loading it anew: say which, begin at its top, focus its h1.
   After going back the browser knows better where one was: there the page is not moved. */
(function () {
  "use strict";
  const PATIENCE = 3000;
  let path = window.location.pathname;

  function there() { return document.getElementById(window.location.hash.slice(1)); }

  function reach(element, scroll) {
    element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: true });
    if (scroll) element.scrollIntoView();
  }

  function arrive(heading, toTop) {
    const part = there();
    if (toTop && !part) window.scrollTo(0, 0);
    reach(part || heading, toTop && part);
    window.announce(document.title);
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
    if (window.location.pathname === path) {
      // Dash scrolls to the top after it has said that the address moved.
      if (toTop && there()) window.setTimeout(function () { reach(there(), true); });
      return;
    }
    path = window.location.pathname;
    const heading = document.querySelector("main h1");
    awaitHeading(heading, heading ? heading.textContent : "", toTop);
  }

  /* The part that the address names comes after the browser has looked for it. */
  function awaitPart(until) {
    if (there()) reach(there(), true);
    else if (Date.now() < until) window.setTimeout(function () { awaitPart(until); }, 50);
  }

  if (window.location.hash.length > 1) awaitPart(Date.now() + PATIENCE);
  window.addEventListener("_dashprivate_pushstate", function () { moved(true); });
  window.addEventListener("popstate", function () { moved(false); });
})();
