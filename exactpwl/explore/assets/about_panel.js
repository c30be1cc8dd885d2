// What this is: the network, the domain, the counts under each definition, and what exact means.

import { element } from "./elements.js";
import { section } from "./region_panel.js";

const COUNTS = [
  ["activation_regions", "activation regions", "R2: full-dimensional cells of patterns"],
  [
    "linear_regions",
    "linear regions",
    "R4: maximal open connected sets, the function affine on each",
  ],
  ["closed_linear_regions", "closed linear regions", "R5: the same with closed sets"],
  ["affine_pieces", "affine pieces", "R6: distinct affine maps"],
  ["bounded_regions", "bounded activation regions", ""],
  ["adjacencies", "facets with a region on both sides", ""],
];

export function aboutPanel(app) {
  const { network, domain, counts } = app.atlas;
  const row = (name, value) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value));
  return element(
    "div",
    { class: "about-panel" },
    element(
      "dl",
      { class: "facts wide" },
      row("Network", network.name),
      row("Layers", network.architecture.replaceAll("->", "\u2192")),
      row("Domain", domain.replaceAll(" x ", " \u00d7 ").replaceAll("-", "\u2212")),
      row("SHA-256", element("code", { class: "hash" }, network.sha256)),
    ),
    section("Counts", [
      element(
        "table",
        { class: "counts" },
        COUNTS.map(([key, name, definition]) =>
          element(
            "tr",
            { "data-count": key },
            element("td", { class: "value" }, counts[key].toLocaleString("en")),
            element("td", {}, name, definition ? element("small", {}, definition) : null),
          ),
        ),
      ),
      element(
        "p",
        { class: "note" },
        `Faces of dimension 0 to ${counts.dimension}: ${counts.f_vector.map((n) => n.toLocaleString("en")).join(", ")}.`,
      ),
    ]),
    section(
      "Definitions",
      element(
        "p",
        { class: "note" },
        "Numbered as in Stargalla, Hertrich, Reichman 2025, arXiv:2505.16716. A count of regions says little without its definition.",
      ),
    ),
    section(
      "Exact",
      element(
        "p",
        { class: "note" },
        "Every number is exact for the real-valued function that the stored weights define; it says nothing about what a float runtime returns. Only the drawing, and numbers after \u2248, are rounded.",
      ),
    ),
    section(
      "Made with",
      element(
        "p",
        { class: "note" },
        `exactpwl. The surface is drawn by three.js r${THREE.REVISION} (MIT licence, \u00a9 three.js authors). The page loads nothing from anywhere.`,
      ),
    ),
  );
}
