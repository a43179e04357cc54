/* Gives frames of the Performance Platform the height of what they show. Version 1.
   Put it once on a page with embeds: <script src="https://…/embed.js" async></script> */
(function () {
  "use strict";
  const NAME = "performance-platform-embed";
  const VERSION = 1;
  const LEAST = 50;
  const MOST = 20000;
  const origin = new URL(document.currentScript.src).origin;
  const known = (window.performancePlatformEmbeds = window.performancePlatformEmbeds || {});
  if (known[origin]) return;
  known[origin] = VERSION;

  function frames() {
    return [...document.querySelectorAll("iframe")].filter(function (frame) {
      return frame.src.startsWith(origin + "/embed/");
    });
  }

  window.addEventListener("message", function (event) {
    const said = event.data;
    if (event.origin !== origin || !said || said.type !== NAME || said.version !== VERSION) return;
    if (!Number.isFinite(said.height)) return;
    const height = Math.min(Math.max(Math.ceil(said.height), LEAST), MOST);
    frames().forEach(function (frame) {
      if (frame.contentWindow === event.source) frame.style.height = height + "px";
    });
  });

  /* Frames that were there first have said how high they are to nobody. */
  frames().forEach(function (frame) {
    frame.contentWindow.postMessage({ type: NAME + "-ask", version: VERSION }, "*");
  });
})();
