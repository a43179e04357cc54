/* Dash leaves a page as it is when the server refuses one of its callbacks. Say so in words, with
   the way to try again. */
(function () {
  "use strict";
  const CALLBACK = "_dash-update-component";
  const OTHERWISE = "This did not work. Load the page again, then try once more.";
  const ask = window.fetch;
  let where = "";

  function shown() { return document.getElementById("refused"); }

  function show(words) {
    if (shown()) shown().remove();
    const notice = document.createElement("div");
    notice.id = "refused";
    where = window.location.href;
    notice.className = "refused";
    notice.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = words;
    const again = document.createElement("button");
    again.type = "button";
    again.className = "btn btn-outline-primary";
    again.textContent = "Load the page again";
    again.addEventListener("click", function () { window.location.reload(); });
    notice.append(text, again);
    document.body.prepend(notice);
    notice.scrollIntoView({ block: "nearest" });
  }

  async function look(answer) {
    if (answer.ok) {
      // Another page that can be shown needs no words about the one before.
      if (shown() && where !== window.location.href) shown().remove();
      return;
    }
    try {
      show((await answer.json()).message || OTHERWISE);
    } catch {
      show(OTHERWISE);
    }
  }

  /* A page that a link does not show any more comes with 403, and is drawn as what it says. */
  async function drawn(answer) {
    const isPage = answer.status === 403 && (await answer.clone().json()).multi;
    return isPage ? new Response(answer.body, { status: 200, headers: answer.headers }) : answer;
  }

  window.fetch = async function (resource) {
    const given = await ask.apply(window, arguments);
    const address = typeof resource === "string" ? resource : resource.url || String(resource);
    if (!address.includes(CALLBACK)) return given;
    const answer = await drawn(given);
    look(answer.clone());
    return answer;
  };
})();
