// Two pinned regions side by side: which neurons differ, and the difference of the maps.

import { copyButton, counted, element, mapLines, patternCells, variable } from "./elements.js";
import { isZero } from "./exact.js";
import { mapRows, section } from "./region_panel.js";

const MOST = 120;

export function comparePanel(app) {
  const [first, second] = app.state.pins;
  if (first < 0 || second < 0) return invitation(first);
  const { atlas } = app;
  const flips = atlas.flips(first, second);
  const marked = new Set(flips.map(({ layer, neuron }) => `${layer}:${neuron}`));
  const walk = app.state.walk ?? atlas.walk(first, second);
  const difference = atlas.mapDifference(first, second);
  return element(
    "div",
    { class: "compare", "data-pair": `${first} ${second}` },
    side(app, "A", first, marked),
    side(app, "B", second, marked),
    section(`Neurons that differ (${flips.length})`, flipList(atlas, flips)),
    section(
      "Difference of the maps, B minus A",
      differenceRows(app, difference),
      copyButton("Copy", () => mapLines(atlas, difference).join("\n")),
    ),
    section("A walk from A to B", walkList(app, walk)),
    element(
      "div",
      { class: "actions" },
      element(
        "button",
        { class: "quiet", type: "button", onclick: () => app.swap() },
        "Swap A and B",
      ),
      element(
        "button",
        { class: "quiet", type: "button", onclick: () => app.pinSecond(-1) },
        "Let B go",
      ),
    ),
  );
}

function invitation(first) {
  const how =
    first < 0
      ? [
          "Pin a region: click it. Then pin another beside it with ",
          element("kbd", {}, "Shift"),
          "+click.",
        ]
      : [
          "Region #",
          `${first}`,
          " is pinned. Pin another beside it: ",
          element("kbd", {}, "Shift"),
          "+click it, or move over it and press ",
          element("kbd", {}, "B"),
          ".",
        ];
  return element(
    "div",
    { class: "welcome" },
    element("p", { class: "big" }, "Two regions, side by side."),
    element("p", {}, how),
  );
}

function side(app, name, region, marked) {
  return element(
    "div",
    { class: "side" },
    element(
      "button",
      {
        class: "side-heading",
        type: "button",
        title: "Show on the map",
        onclick: () => app.fly(region),
      },
      element("span", { class: `pin pin-${name.toLowerCase()}` }, name),
      `Region #${region}`,
    ),
    patternCells(app.atlas, region, marked),
    mapRows(app, app.atlas.map(region)),
  );
}

function flipList(atlas, flips) {
  if (!flips.length) return element("p", { class: "note" }, "None: it is the same region.");
  const layers = atlas.network.layers.map((_, stage) =>
    flips.filter(({ layer }) => layer === stage),
  );
  return element(
    "div",
    { class: "flips" },
    layers.map((found, stage) =>
      found.length
        ? element(
            "p",
            {},
            element("span", { class: "layer-name" }, `Layer ${stage + 1}`),
            found
              .slice(0, MOST)
              .map(({ name, from, to }) =>
                element(
                  "span",
                  { class: "flip", "data-neuron": name },
                  variable(name),
                  ` ${from}\u2192${to}`,
                ),
              ),
            found.length > MOST ? `and ${found.length - MOST} more` : null,
          )
        : null,
    ),
  );
}

function differenceRows(app, difference) {
  const all = [...difference.weight.flat(), ...difference.bias];
  if (all.every(isZero))
    return element(
      "p",
      { class: "note", "data-equal": true },
      "The maps are equal: the regions are parts of one affine piece.",
    );
  const names = app.atlas.outputs.map((name) =>
    element("span", {}, element("var", {}, "\u0394"), variable(name)),
  );
  return mapRows(app, difference, names);
}

function walkList(app, walk) {
  const facets = walk.length - 1;
  return [
    element(
      "p",
      { "data-walk": facets },
      facets === 1
        ? "They share a facet."
        : `It crosses ${counted(facets, "facet")}, and no walk crosses fewer.`,
    ),
    facets > 1 && facets <= 60
      ? element(
          "p",
          { class: "walk" },
          walk.map((region, i) => [
            i ? " \u2192 " : "",
            element(
              "button",
              { class: "link", type: "button", onclick: () => app.walkTo(region) },
              `#${region}`,
            ),
          ]),
        )
      : null,
  ];
}
