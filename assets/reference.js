/* The API's reference is drawn by Swagger UI, which is fetched when a page has a place for it. */
(function () {
  "use strict";
  const EVERYTHING = { childList: true, subtree: true };
  const FAILED = "The reference could not be loaded. Load this page again in a moment.";
  const PARTS = ["SvgAssets", "AuthorizeBtnContainer", "errors", "operations"];

  function add(name, attributes) {
    return new Promise(function (resolve, reject) {
      const element = Object.assign(document.createElement(name), attributes);
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });
  }

  /* Swagger UI's own layout would have a main part, headings and the title again. */
  function layout(system) {
    const create = system.React.createElement;
    function PlatformLayout(props) {
      if (props.specSelectors.loadingStatus() === "failed") return create("p", null, FAILED);
      if (!props.specSelectors.specStr()) return create("p", null, "Loading …");
      const parts = PARTS.map(function (name) {
        return create(props.getComponent(name, true), { key: name });
      });
      return create("div", { className: "swagger-ui" }, parts);
    }
    /* A link inside of a button cannot be reached by itself. */
    function words() {
      return function (props) { return create("span", null, props.text); };
    }
    return { components: { PlatformLayout: PlatformLayout }, wrapComponents: { DeepLink: words } };
  }

  function operation(element) {
    const summary = element.closest(".opblock").querySelector(".opblock-summary");
    const parts = [".opblock-summary-method", ".opblock-summary-path"];
    return parts.map(function (part) { return summary.querySelector(part).textContent; }).join(" ");
  }

  /* What Swagger UI leaves without a name of its own, and what names it. */
  const UNNAMED = [
    ["[data-param-name] select", (one) => one.closest("[data-param-name]").dataset.paramName],
    [".examples-select select", () => "Example"],
    ["textarea.body-param__text", () => "Body"],
    ["table.responses-table[role]", (one) => "Answers to " + operation(one)],
    [".close-modal", () => "Close"],
    [".auth-btn-wrapper button", (one) => one.textContent],
  ];

  function complete(root) {
    UNNAMED.forEach(function (pair) {
      root.querySelectorAll(pair[0]).forEach(function (one) {
        const name = pair[1](one);
        if (one.getAttribute("aria-label") !== name) one.setAttribute("aria-label", name);
      });
    });
    // What scrolls has to be within reach of the keyboard.
    root.querySelectorAll("pre:not([tabindex])").forEach(function (text) { text.tabIndex = 0; });
  }

  function draw(place) {
    new MutationObserver(function () { complete(place); }).observe(place, EVERYTHING);
    window.SwaggerUIBundle({
      domNode: place,
      url: place.dataset.document,
      layout: "PlatformLayout",
      plugins: [layout],
      validatorUrl: null,
      docExpansion: "list",
      deepLinking: true,
      syntaxHighlight: { activated: false },
    });
  }

  function fetched(place) {
    if (window.SwaggerUIBundle) return Promise.resolve();
    const styles = place.dataset.styles.split(" ").map(function (href) {
      return add("link", { rel: "stylesheet", href: href });
    });
    return Promise.all([...styles, add("script", { src: place.dataset.script })]);
  }

  function look() {
    const place = document.getElementById("api-reference");
    if (!place || place.dataset.drawn) return;
    place.dataset.drawn = "yes";
    fetched(place).then(
      function () { draw(place); },
      function () { place.textContent = FAILED; }
    );
  }

  new MutationObserver(look).observe(document.body, EVERYTHING);
})();
