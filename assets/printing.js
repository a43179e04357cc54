/* Charts are drawn as wide as there is room on the screen: for paper, as wide as a page. */
(function () {
  "use strict";
  /* The width of A4 without its margins, at 96 pixels an inch. */
  const PAGE = 680;

  function redraw(layout) {
    if (!window.Plotly) return;
    document.querySelectorAll(".chart .js-plotly-plot").forEach(function (chart) {
      if (chart.layout) window.Plotly.relayout(chart, layout);
    });
  }

  window.addEventListener("beforeprint", function () { redraw({ autosize: false, width: PAGE }); });
  window.addEventListener("afterprint", function () { redraw({ autosize: true, width: null }); });
})();
