"use strict";
// Long tables: search, sort by ranks that were computed exactly, and leaf.  The rows are data; only
// those that are looked at are in the document, so ten thousand are as quick as ten.

function browse(place, data) {
  const body = place.querySelector("tbody");
  const most = Number(place.dataset.rows);
  const noun = place.dataset.noun;
  const texts = [];
  let order = data.rows.map((_, index) => index);
  let shown = order;
  let first = 0;

  function textOf(index) {
    if (texts[index] === undefined) {
      const row = document.createElement("tr");
      row.innerHTML = data.rows[index];
      texts[index] = Array.from(row.cells, (cell) => cell.textContent).join(" ").toLowerCase();
    }
    return texts[index];
  }

  function write(indices) {
    body.innerHTML = indices.map((index) => `<tr>${data.rows[index]}</tr>`).join("");
  }

  function show() {
    write(shown.slice(first, first + most));
    const last = Math.min(first + most, shown.length);
    const all = shown.length === data.rows.length;
    const range = last > 0 ? `${first + 1} to ${last} of ` : "";
    told.value = `${range}${shown.length}${all ? "" : ` found among ${data.rows.length}`} ${noun}`;
    back.disabled = first === 0;
    on.disabled = last >= shown.length;
  }

  function filter() {
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    shown = order.filter((index) => wanted.every((word) => textOf(index).includes(word)));
    first = 0;
    show();
  }

  function sort(heading) {
    const up = heading.getAttribute("aria-sort") !== "ascending";
    const ranks = data.ranks[heading.dataset.sort];
    for (const other of place.querySelectorAll("th[aria-sort]")) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
    order.sort((a, b) => (up ? ranks[a] - ranks[b] : ranks[b] - ranks[a]) || a - b);
    filter();
  }

  function leaf(step) {
    first = Math.max(0, first + step * most);
    show();
  }

  const tools = document.createElement("div");
  tools.className = "tools";
  const search = tools.appendChild(document.createElement("input"));
  search.type = "search";
  search.placeholder = `Search in ${data.rows.length} ${noun}`;
  search.setAttribute("aria-label", search.placeholder);
  search.addEventListener("input", filter);
  const back = button("Previous", () => leaf(-1));
  const on = button("Next", () => leaf(1));
  const told = document.createElement("output");
  tools.append(back, on, told);
  place.prepend(tools);
  for (const heading of place.querySelectorAll("th[data-sort]")) {
    const sorting = button(heading.textContent, () => sort(heading));
    heading.replaceChildren(sorting);
  }
  addEventListener("beforeprint", () => write(shown.slice(0, 1000)));
  addEventListener("afterprint", show);
  show();
}

function button(text, action) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.addEventListener("click", action);
  return made;
}

for (const source of document.querySelectorAll("script[data-table]")) {
  browse(document.getElementById(source.dataset.table), JSON.parse(source.textContent));
}
