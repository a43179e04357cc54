/* A 'Share' link also copies its address, and says so. Without a clipboard it is just a link. */
(function () {
  "use strict";
  const SHOWN_FOR = 3000;

  function say(link, words) {
    const said = link.querySelector(".said");
    const before = said.dataset.words || said.textContent;
    said.dataset.words = before;
    said.setAttribute("role", "status");
    said.textContent = words;
    window.setTimeout(function () { said.textContent = before; }, SHOWN_FOR);
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a.share");
    if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    navigator.clipboard.writeText(link.href).then(
      function () { say(link, "Link copied"); },
      function () { window.location.assign(link.href); }
    );
  });
})();
