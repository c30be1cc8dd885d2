// The panel on one region: pattern, map, facets with the neurons behind them, vertices, area,
// neighbours.  A facet is the way to the region behind it.

import { plain } from "./exact.js";
import { copyButton, counted, element, mapLines, patternCells, variable } from "./elements.js";

const MOST = 60; // items of a list that are shown before somebody asks for all

export function regionPanel(app, region, { pinned }) {
  if (region < 0) return welcome(app);
  return element(
    "div",
    { class: "region", "data-region": region },
    heading(app, region, pinned),
    patternCells(app.atlas, region),
    facts(app, region),
    section(
      "Affine map",
      mapRows(app, app.atlas.map(region)),
      copyButton("Copy", () => mapLines(app.atlas, app.atlas.map(region)).join("\n")),
    ),
    app.state.point && app.state.pins[0] === region ? valueHere(app, region) : null,
    facetSection(app, region),
    vertexSection(app, region),
    element(
      "div",
      { class: "actions" },
      copyButton("Copy as LaTeX row", () => app.row(region), "x"),
      pinned
        ? element(
            "button",
            { class: "quiet", type: "button", onclick: () => app.fly(region) },
            "Show on the map",
          )
        : null,
    ),
  );
}

function welcome(app) {
  const { atlas } = app;
  const sample = atlas.dimension === 2 ? "1/3, -2" : "1/3";
  return element(
    "div",
    { class: "welcome" },
    element(
      "p",
      { class: "big" },
      counted(atlas.size, "activation region"),
      " ",
      where(atlas),
      ".",
    ),
    element(
      "p",
      {},
      "Move over the picture to see the region under the pointer. Click to keep it here, and walk to its neighbours by its facets or with the arrow keys.",
    ),
    element(
      "p",
      {},
      "Type a point such as ",
      element("kbd", {}, sample),
      " above and you are taken to its region, exactly. ",
      element("kbd", {}, "?"),
      " lists all keys.",
    ),
  );
}

/** Where the regions are, in words. */
function where({ domain, dimension }) {
  if (domain.startsWith("R^")) return dimension === 2 ? "in the plane" : "on the line";
  return `in ${domain.replaceAll(" x ", " \u00d7 ").replaceAll("-", "\u2212")}`;
}

function heading(app, region, pinned) {
  const [first, second] = app.state.pins;
  const name = second >= 0 && pinned ? (region === first ? "A" : "B") : null;
  return element(
    "div",
    { class: "region-heading" },
    element(
      "h2",
      {},
      name ? element("span", { class: `pin pin-${name.toLowerCase()}` }, name) : null,
      `Region #${region}`,
    ),
    pinned
      ? element(
          "button",
          { class: "quiet", type: "button", title: "Let it go (Esc)", onclick: () => app.unpin() },
          "Unpin",
        )
      : element("span", { class: "hint" }, "click to pin"),
  );
}

function facts(app, region) {
  const { atlas, spelling } = app;
  const area = atlas.area(region);
  const linear = app.members("linear")[atlas.regions[region].linear];
  const size = atlas.dimension === 2 ? "Area" : "Length";
  return element(
    "dl",
    { class: "facts" },
    fact(size, area ? spelling.number(area) : "\u221e", "area"),
    fact("Shape", atlas.isBounded(region) ? "bounded" : "unbounded"),
    fact("Neighbours", `${new Set(atlas.neighbours(region)).size}`, "neighbours"),
    fact(
      "Linear region",
      linear.length > 1
        ? `${atlas.regions[region].linear}, with ${counted(linear.length - 1, "other")}`
        : `${atlas.regions[region].linear}, alone`,
    ),
  );
}

const fact = (name, value, data = null) =>
  element("div", {}, element("dt", {}, name), element("dd", { "data-fact": data }, value));

export function section(title, ...content) {
  const [body, ...actions] = content;
  return element(
    "section",
    {},
    element("div", { class: "section-heading" }, element("h3", {}, title), ...actions),
    body,
  );
}

export function mapRows(app, map, names = app.atlas.outputs) {
  return element(
    "div",
    { class: "maps" },
    names.map((name, k) =>
      element(
        "div",
        { class: "map" },
        app.spelling.equation(name, map.weight[k], map.bias[k], app.atlas.names),
      ),
    ),
  );
}

/** The exact values at the point that was asked for. */
function valueHere(app, region) {
  const { exactPoint } = app.state;
  const values = app.atlas.valuesAt(region, exactPoint);
  return section(
    "At the point",
    element(
      "div",
      { class: "maps" },
      values.map((value, k) =>
        element(
          "div",
          { class: "map", "data-value": k, "data-exact": plain(value) },
          variable(app.atlas.outputs[k]),
          app.spelling.argument(exactPoint),
          app.spelling.isLong(value) ? " " : " = ",
          app.spelling.number(value),
        ),
      ),
    ),
  );
}

function facetSection(app, region) {
  const { atlas } = app;
  const { sides } = atlas.regions[region];
  if (!sides.length)
    return section("Facets", element("p", { class: "note" }, "It has none: it is all there is."));
  const items = sides.map((side) => facetRow(app, region, side));
  return section(`Facets (${sides.length})`, element("ul", { class: "facets" }, items));
}

function facetRow(app, region, side) {
  const { atlas, spelling } = app;
  const other = side[2];
  const row = atlas.row(side);
  const behind = atlas.behind(side);
  const layer = other >= 0 ? atlas.firstChange(region, other) : -1;
  const content = [
    element("span", { class: "inequality" }, spelling.inequality(row, atlas.names)),
    element(
      "span",
      { class: "behind" },
      behind.map((name) => element("span", { class: "neuron", "data-layer": layer }, name)),
    ),
    element("span", { class: "to" }, other >= 0 ? `#${other}` : "domain"),
  ];
  if (other < 0) return element("li", {}, element("div", { class: "facet edge" }, content));
  const differ = atlas
    .flips(region, other)
    .map(({ name, from, to }) => `${name}: ${from} to ${to}`);
  return element(
    "li",
    {},
    element(
      "button",
      {
        class: "facet",
        type: "button",
        "data-neighbour": other,
        title: `Walk to region #${other}; ${differ.join(", ")}`,
        onclick: () => app.walkTo(other),
        onpointerenter: () => app.hover(other, null, true),
        onpointerleave: () => app.hover(-1, null, true),
      },
      content,
    ),
  );
}

function vertexSection(app, region) {
  const { atlas, spelling } = app;
  const vertices = atlas.vertices(region).map((point) => element("li", {}, spelling.point(point)));
  const whole = (vector) => vector.map((n) => ({ n, d: 1n }));
  const rays = atlas.rays(region).map((ray) => element("li", {}, spelling.point(whole(ray))));
  const lines = atlas
    .lineDirections()
    .map((line) => element("li", {}, spelling.point(whole(line))));
  const list = (items, name) => [
    items.length
      ? element("ul", { class: "points", "data-list": name }, items.slice(0, MOST))
      : null,
    items.length > MOST ? element("p", { class: "note" }, `and ${items.length - MOST} more`) : null,
  ];
  const title = atlas.lines ? "A point of each minimal face" : `Vertices (${vertices.length})`;
  return [
    vertices.length ? section(title, list(vertices, "vertices")) : null,
    rays.length ? section(`Rays (${rays.length})`, list(rays, "rays")) : null,
    lines.length ? section("Contains whole lines in direction", list(lines, "lines")) : null,
  ];
}
