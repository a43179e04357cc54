/* Publishing: what comes of a file or a correction gets the focus when it comes, and a file that is
   too large is told before it is sent. */
(function () {
  "use strict";

  function focusFinding(changes) {
    if (!window.location.pathname.startsWith("/publish/")) return;
    const added = changes.flatMap((change) => [...change.addedNodes]);
    const found = added
      .filter((node) => node.querySelector)
      .map((node) => (node.matches("[data-finding]") ? node : node.querySelector("[data-finding]")))
      .find(Boolean);
    if (found) found.focus();
  }

  function refuse(event, files) {
    const box = event.target.closest && event.target.closest(".upload");
    if (!box) return;
    const large = [...(files || [])].some((file) => file.size > Number(box.dataset.most));
    const said = document.getElementById("publish-chosen");
    if (!large || !said) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.target.value) event.target.value = "";
    said.textContent = box.dataset.tooLarge;
  }

  new MutationObserver(focusFinding).observe(document.documentElement, {
    childList: true,
    subtree: true,
  });
  document.addEventListener("change", function (event) { refuse(event, event.target.files); }, true);
  document.addEventListener("drop", function (event) {
    refuse(event, event.dataTransfer && event.dataTransfer.files);
  }, true);
})();
