/* Words for those who do not see the screen. The region stays while pages come and go: one that
   comes with its words is often not read out. */
(function () {
  "use strict";
  let status = null;

  window.announce = function (words) {
    if (!status) {
      status = document.createElement("div");
      status.className = "visually-hidden";
      status.setAttribute("role", "status");
      document.body.append(status);
    }
    status.textContent = words;
  };
})();
