/* 'Share' opens one dialog for all: the link, HTML to embed, CSV and API, each as shown now or
   always the latest. What the link carries is in layouts/sharing.py. Without this script, and in a
   frame, Share is a link. */
(function () {
  "use strict";
  const SHOWN_FOR = 3000;
  let shared = null;

  function dialog() { return document.getElementById("sharing"); }
  function find(selector) { return dialog().querySelector(selector); }
  function all(selector) { return dialog().querySelectorAll(selector); }
  function absolute(address) { return window.location.origin + address; }
  function query(address) { return address.includes("?") ? address.slice(address.indexOf("?")) : ""; }
  function inForm(csv, form) { return csv.replace("format=csv", "format=" + form); }

  function escaped(text) {
    const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
    return text.replace(/[&<>"']/g, function (sign) { return signs[sign]; });
  }

  /* Addresses at the time that is chosen; '' for what there is not. */
  function addresses() {
    const { latest, embed, csv, csvLatest } = shared.dataset;
    const [page, part] = shared.getAttribute("href").split("#");
    const newest = find("input:checked").value === "latest";
    const link = (newest && latest) || page;
    return {
      link: link + (part ? "#" + part : ""),
      embed: embed ? embed + query(link) : "",
      csv: (newest && csvLatest) || csv || "",
    };
  }

  function title() {
    const page = document.querySelector("main h1").textContent;
    const about = shared.querySelector(".visually-hidden").textContent.replace(/^: /, "");
    return about === page ? page : about + ", " + page;
  }

  function snippet(embed) {
    return dialog().dataset.snippet
      .replaceAll("[root]", escaped(window.location.origin))
      .replaceAll("[embed]", function () { return escaped(embed); })
      .replaceAll("[title]", function () { return escaped(title()); });
  }

  function give(name, text) {
    const place = find('[data-gives="' + name + '"]');
    place.hidden = !text;
    const area = place.querySelector("textarea");
    area.value = text;
    if (name !== "embed") area.rows = 1;
    area.style.height = "";
    if (text) area.style.height = area.scrollHeight + 4 + "px";
  }

  function fill() {
    const { link, embed, csv } = addresses();
    give("link", absolute(link));
    give("embed", embed && snippet(embed));
    give("csv", csv && absolute(csv));
    give("api", csv && absolute(inForm(csv, "json")));
    all("[data-format]").forEach(function (one) {
      one.hidden = !csv.startsWith("/api/");
      one.href = inForm(csv, one.dataset.format);
    });
    const chosen = find("input:checked").value;
    all("[data-time]").forEach(function (hint) { hint.hidden = hint.dataset.time !== chosen; });
    if (find("iframe")) find("iframe").src = embed;
  }

  /* The script that people are given beside the frame gives this one its height as well. */
  function size() {
    const [address] = dialog().dataset.snippet.match(/[^"\]]*\.js(?=")/);
    if (document.querySelector('script[src="' + address + '"]')) return;
    const script = document.createElement("script");
    script.src = address;
    document.head.append(script);
  }

  /* The frame is there only while somebody looks at it. */
  function preview(open) {
    const place = document.getElementById("sharing-preview");
    place.replaceChildren();
    place.hidden = !open;
    find(".preview").setAttribute("aria-expanded", String(open));
    if (!open) return;
    size();
    const frame = document.createElement("iframe");
    frame.src = addresses().embed;
    frame.title = title();
    place.append(frame);
  }

  function say(button, words) {
    const said = button.firstElementChild;
    find("[role=status]").textContent = words;
    said.textContent = words;
    window.setTimeout(function () {
      said.textContent = "Copy";
      find("[role=status]").textContent = "";
    }, SHOWN_FOR);
  }

  function copy(button) {
    const area = document.getElementById(button.dataset.copies);
    const byHand = function () {
      area.select();
      say(button, document.execCommand("copy") ? "Copied" : "Press Ctrl and C");
    };
    if (!navigator.clipboard) return byHand();
    navigator.clipboard.writeText(area.value).then(function () { say(button, "Copied"); }, byHand);
  }

  function open(link) {
    shared = link;
    const { latest, csvLatest } = link.dataset;
    find(".times").hidden = !latest && !csvLatest;
    if (find(".times").hidden) find("input").click();
    find("h2").textContent = link.textContent;
    preview(false);
    // Of one name, so that arrow keys choose between them.
    all("input").forEach(function (input) { input.name = "sharing-time"; });
    dialog().showModal();
    fill();
    find("h2").focus();
  }

  function chosen(event) {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.close) dialog().close();
    else if (button.dataset.copies) copy(button);
    else preview(button.getAttribute("aria-expanded") === "false");
  }

  document.addEventListener("click", function (event) {
    if (!event.target.closest || !dialog()) return;
    if (event.target.closest("#sharing")) {
      chosen(event);
      return;
    }
    const link = event.target.closest("a.share");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || elsewhere || window.top !== window) return;
    event.preventDefault();
    open(link);
  });

  document.addEventListener("change", function (event) {
    if (dialog() && dialog().contains(event.target)) fill();
  });

  document.addEventListener("close", function (event) {
    if (event.target !== dialog()) return;
    preview(false);
    if (shared && shared.isConnected) shared.focus();
  }, true);

  /* A page that goes away takes the dialog with it. */
  window.addEventListener("popstate", function () {
    if (dialog() && dialog().open) dialog().close();
  });
})();
