/* Draws the charts, lights up the words of the fact that was asked for, and opens what a link leads into. */
(() => {
  "use strict";

  const NARROW = window.matchMedia("(max-width: 620px)");
  const NAMES = ["course", "response"];

  function draw(name) {
    const chart = document.getElementById(name + "-chart");
    if (!chart) return;
    const data = document.getElementById(name + (NARROW.matches ? "-narrow" : "-wide"));
    const options = {
      mode: "vega-lite",
      ast: true, // interprets expressions, so that the page needs no eval
      renderer: "svg",
      actions: { export: true, source: false, compiled: false, editor: false },
      downloadFileName: name,
    };
    window.vegaEmbed(chart, JSON.parse(data.textContent), options).catch((error) => {
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

  if (window.vegaEmbed) {
    NAMES.forEach(draw);
    NARROW.addEventListener("change", () => NAMES.forEach(draw));
  }
  fold();
  window.addEventListener("hashchange", light);
  light();
})();
