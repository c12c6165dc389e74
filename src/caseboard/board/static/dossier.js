/* Draws the course chart, lights up the words of the fact that was asked for, and opens what a link leads into. */
(() => {
  "use strict";

  const NARROW = window.matchMedia("(max-width: 620px)");
  const chart = document.getElementById("course-chart");

  function specification(width) {
    return JSON.parse(document.getElementById("course-" + width).textContent);
  }

  function draw() {
    const options = {
      mode: "vega-lite",
      ast: true, // interprets expressions, so that the page needs no eval
      renderer: "svg",
      actions: { export: true, source: false, compiled: false, editor: false },
      downloadFileName: "course",
    };
    window.vegaEmbed(chart, specification(NARROW.matches ? "narrow" : "wide"), options).catch((error) => {
      chart.textContent = "The chart could not be drawn (" + error.message + "); its data are in the table below.";
    });
  }

  function open(element) {
    for (let at = element; at; at = at.parentElement) {
      if (at.tagName === "DETAILS") at.open = true;
    }
  }

  function light() {
    document.getElementById("vg-tooltip-element")?.classList.remove("visible");
    for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
    const id = decodeURIComponent(window.location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    open(target);
    for (const mark of document.querySelectorAll("mark[data-facts]")) {
      if (mark.dataset.facts.split(" ").includes(id)) mark.classList.add("lit");
    }
    target.scrollIntoView({ block: target.tagName === "SPAN" || target.tagName === "TR" ? "center" : "start" });
  }

  function fold() {
    const contents = document.querySelector("details.contents");
    if (window.matchMedia("(max-width: 900px)").matches) contents.removeAttribute("open");
  }

  function filter(panel) {
    const rows = document.getElementById(panel.dataset.filters).closest("table").querySelectorAll("tr[data-entry]");
    const words = panel.querySelector("input"), group = panel.querySelector("select"), count = panel.querySelector("output");

    function apply() {
      const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const below = document.getElementById(row.dataset.entry);
        const text = (row.textContent + " " + (below ? below.textContent : "")).toLowerCase();
        const hit = (!group.value || row.dataset.group === group.value) && wanted.every((word) => text.includes(word));
        row.hidden = !hit;
        if (below) below.hidden = !hit;
        shown += hit ? 1 : 0;
      }
      count.textContent = shown + " of " + rows.length;
    }

    panel.hidden = false;
    panel.addEventListener("input", apply);
    apply();
  }

  for (const panel of document.querySelectorAll("[data-filters]")) filter(panel);
  if (chart && window.vegaEmbed) {
    draw();
    NARROW.addEventListener("change", draw);
  }
  fold();
  window.addEventListener("hashchange", light);
  light();
})();
