/* An embed tells the page that it stands in how high it is, whenever that changes and when it is
   asked; docs/embedding.md says what is sent. It is the height of the content, which may shrink. */
(function () {
  "use strict";
  const NAME = "performance-platform-embed";
  const VERSION = 1;
  const body = document.body;
  let told = 0;
  let last = 0;
  let width = window.innerWidth;

  function height() {
    return document.querySelector("main.embed") ? Math.ceil(body.getBoundingClientRect().height) : 0;
  }

  function tell() {
    if (!told) return;
    window.parent.postMessage({ type: NAME, version: VERSION, height: told }, "*");
  }

  /* Nothing is told of an embed that is hidden, or has nothing to show yet. */
  function look() {
    const now = height();
    if (!now || now === last) return;
    last = told = now;
    tell();
  }

  /* What changes because the frame got another height, as anything would that is measured by the
     window's, is not told: it would never come to an end. */
  function resized() {
    if (window.innerWidth === width) last = height();
    width = window.innerWidth;
  }

  if (window.parent === window || !window.location.pathname.startsWith("/embed/")) return;
  window.addEventListener("resize", resized);
  window.addEventListener("message", function (event) {
    const said = event.data;
    if (event.source === window.parent && said && said.type === NAME + "-ask") tell();
  });
  new ResizeObserver(look).observe(body);
})();
