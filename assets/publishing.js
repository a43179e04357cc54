/* Publishing: what comes of a file or a correction gets the focus when it comes, and a file that is
   too large is told before it is sent. */
(function () {
  "use strict";

  let waiting = false;

  /* An answer is told even where it is the same as the one before: the page has stopped working. */
  function isAnswer(change) {
    const node = change.target.closest ? change.target : change.target.parentElement;
    if (change.type === "attributes") return node.matches(".busy[hidden]");
    return Boolean(node && node.closest("#publish-outlook, #correct-outlook"));
  }

  function focusFinding() {
    waiting = false;
    const found = document.querySelector("[data-finding]");
    if (found) found.focus();
  }

  function watch(changes) {
    if (waiting || !window.location.pathname.startsWith("/publish/")) return;
    waiting = changes.some(isAnswer);
    if (waiting) window.setTimeout(focusFinding);
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

  new MutationObserver(watch).observe(document.documentElement, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ["hidden"],
  });
  document.addEventListener("change", function (event) { refuse(event, event.target.files); }, true);
  document.addEventListener("drop", function (event) {
    refuse(event, event.dataTransfer && event.dataTransfer.files);
  }, true);
})();
