/* Puts above each table that asks for it a field to search its rows, and a choice for each column that offers one.
   What a row leads to (data-entry) is searched and hidden with it. */
(() => {
  "use strict";

  const FEWEST_ROWS = 3;
  const ALL = "all";

  function text(cell) {
    return (cell.dataset.value || cell.textContent).replace(/\s+/g, " ").trim();
  }

  function labelled(words, field) {
    const label = document.createElement("label");
    label.append(words, field);
    return label;
  }

  function choice(values) {
    const field = document.createElement("select");
    for (const value of [ALL, ...values]) field.add(new Option(value, value));
    return field;
  }

  function filter(table) {
    const rows = [...table.querySelectorAll("tbody tr:not(.group)")];
    if (rows.length < FEWEST_ROWS) return;
    const heads = [...table.tHead.rows[0].cells];
    const search = document.createElement("input");
    search.type = "search";
    const count = document.createElement("output");
    const choices = heads.flatMap((head, column) => {
      if (head.dataset.choose === undefined) return [];
      const values = [...new Set(rows.map((row) => text(row.cells[column])))].sort();
      return values.length > 1 ? [{ head, column, field: choice(values) }] : [];
    });

    function apply() {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const row of rows) {
        const entry = document.getElementById(row.dataset.entry);
        const all = (row.textContent + " " + (entry ? entry.textContent : "")).toLowerCase();
        const fits =
          words.every((word) => all.includes(word)) &&
          choices.every(({ column, field }) => field.value === ALL || text(row.cells[column]) === field.value);
        row.classList.toggle("unchosen", !fits);
        if (entry) entry.classList.toggle("unchosen", !fits);
        shown += fits;
      }
      for (const group of table.querySelectorAll("tr.group")) {
        group.classList.toggle("unchosen", !group.parentElement.querySelector("tr:not(.group):not(.unchosen)"));
      }
      count.textContent = shown === rows.length ? "" : shown + " of " + rows.length + " rows";
    }

    const bar = document.createElement("form");
    bar.className = "filter";
    bar.setAttribute("role", "search");
    bar.setAttribute("aria-label", table.caption.textContent.trim());
    bar.append(labelled("Search", search));
    for (const { head, field } of choices) bar.append(labelled(head.textContent, field));
    bar.append(count);
    bar.addEventListener("input", apply);
    bar.addEventListener("submit", (event) => event.preventDefault());
    table.closest(".scroll").before(bar);
    // What a link leads to is never hidden from it.
    window.addEventListener("hashchange", () => {
      const target = document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
      const hidden = target && target.closest(".unchosen");
      if (hidden && (table.contains(hidden) || rows.some((row) => row.dataset.entry === hidden.id))) {
        bar.reset();
        apply();
      }
    });
  }

  document.querySelectorAll("table[data-filter]").forEach(filter);
})();
