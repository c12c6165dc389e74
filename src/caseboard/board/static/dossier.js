/* Draws the charts, lights up the words of the fact that was asked for, and opens what a link leads into. */
(() => {
  "use strict";

  const NARROW = window.matchMedia("(max-width: 620px)");
  const NAMES = ["course", "response"];
  const SLICE_PX = 420;

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
    window.vegaEmbed(chart, JSON.parse(data.textContent), options).then(() => {
      // The drawing is one image by ear and by keyboard; the table below it has its links.
      for (const link of chart.querySelectorAll("svg a")) link.setAttribute("tabindex", "-1");
      slice(chart);
    }).catch((error) => {
      chart.textContent = "The chart could not be drawn (" + error.message + "); its data are in the table below.";
    });
  }

  /* For paper the drawing is cut between its panels, so that a page takes as many of them as it has room for. */
  function slice(chart) {
    chart.parentElement.querySelector(".slices")?.remove();
    const svg = chart.querySelector("svg");
    const { width, height } = svg.viewBox.baseVal;
    const frame = svg.getBoundingClientRect();
    const panels = [...svg.querySelectorAll('[class*="concat_"][class*="_group"]')];
    const tops = panels.map((panel) => ((panel.getBoundingClientRect().top - frame.top) * height) / frame.height);
    const cuts = [0];
    tops.forEach((top, at) => {
      if (at > 0 && (tops[at + 1] ?? height) - cuts.at(-1) > SLICE_PX) cuts.push(top - 3);
    });
    const slices = document.createElement("div");
    slices.className = "slices";
    slices.ariaHidden = "true";
    cuts.forEach((from, at) => {
      const part = svg.cloneNode(true);
      part.setAttribute("viewBox", [0, from, width, (cuts[at + 1] ?? height) - from].join(" "));
      part.removeAttribute("width");
      part.removeAttribute("height");
      slices.append(part);
    });
    chart.after(slices);
    chart.classList.add("sliced");
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

  /* A frame that has nothing to scroll is no stop for the keyboard. */
  function frames() {
    for (const frame of document.querySelectorAll(".scroll")) {
      frame.tabIndex = frame.scrollWidth > frame.clientWidth ? 0 : -1;
    }
  }

  if (window.vegaEmbed) {
    NAMES.forEach(draw);
    NARROW.addEventListener("change", () => NAMES.forEach(draw));
  }
  fold();
  frames();
  window.addEventListener("resize", frames);
  document.addEventListener("toggle", frames, true);
  window.addEventListener("hashchange", light);
  light();
})();
