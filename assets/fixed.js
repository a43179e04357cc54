/* What of a page no callback touches, as one component: Dash would watch over each of its elements.
   `content` is a list of nodes: text, [type, properties, ...nodes], or the [number] of a component
   among the children, which are Dash's own. layouts/fixed.py writes it. */
(function () {
  "use strict";
  const { createElement, Fragment } = window.React;
  const ADDRESSES = ["href", "action", "formAction"];

  /* As Dash does: no address of a page is a script. */
  function safe(properties) {
    const found = { ...properties };
    ADDRESSES.forEach(function (name) {
      if (found[name]) found[name] = window.dash_clientside.clean_url(found[name]);
    });
    return found;
  }

  /* To another page without loading it anew, as a link of Dash's leads there. */
  function follow(event) {
    const link = event.currentTarget;
    const elsewhere = link.target && link.target !== "_self";
    if (event.metaKey || event.shiftKey || event.altKey || event.ctrlKey || elsewhere) return;
    event.preventDefault();
    window.history.pushState({}, "", link.getAttribute("href"));
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  }

  function element([type, properties, ...inside], touched) {
    const nodes = inside.map((node) => built(node, touched));
    if (type === "Link") return createElement("a", { ...safe(properties), onClick: follow }, ...nodes);
    return createElement(type.toLowerCase(), safe(properties), ...nodes);
  }

  function built(node, touched) {
    if (!Array.isArray(node)) return node;
    return node.length === 1 ? touched[node[0]] : element(node, touched);
  }

  function Fixed({ content, children }) {
    const touched = [].concat(children);
    return createElement(Fragment, null, ...content.map((node) => built(node, touched)));
  }

  window.performance_platform = { Fixed };
})();
