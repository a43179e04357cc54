/* An embed tells the page that it stands in how high it is, whenever that changes and when it is
   asked; docs/embedding.md says what is sent. It is the height of the content, which may shrink. */
(function () {
  "use strict";
  const NAME = "performance-platform-embed";
  const VERSION = 1;
  const body = document.body;
  /* How often in a row what changed as the frame got another height may be told. */
  const IN_A_ROW = 3;
  /* Its height is what lengths in parts of the window are measured by, at any moment. Its width
     would not do: it changes as a scrollbar comes and goes, which the window's includes. */
  const page = document.documentElement;
  let told = 0;
  let last = 0;
  let row = 0;
  let width = window.innerWidth;
  let high = page.clientHeight;

  function height() {
    return document.querySelector("main.embed") ? Math.ceil(body.getBoundingClientRect().height) : 0;
  }

  function tell() {
    if (!told) return;
    window.parent.postMessage({ type: NAME, version: VERSION, height: told }, "*");
  }

  /* Nothing is told of an embed that is hidden, or has nothing to show yet. What changes as the
     frame gets another height may be something that was drawn at the same moment, or something that
     is measured by the window's height, which would never come to an end: so it has to, soon. */
  function look() {
    const now = height();
    const isFramed = page.clientHeight !== high && window.innerWidth === width;
    high = page.clientHeight;
    width = window.innerWidth;
    if (!now || now === last) return;
    last = now;
    row = isFramed ? row + 1 : 0;
    if (row > IN_A_ROW) return;
    told = now;
    tell();
  }

  if (window.parent === window || !window.location.pathname.startsWith("/embed/")) return;
  window.addEventListener("resize", look);
  window.addEventListener("message", function (event) {
    const said = event.data;
    if (event.source === window.parent && said && said.type === NAME + "-ask") tell();
  });
  new ResizeObserver(look).observe(body);
})();
