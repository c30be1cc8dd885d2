// LaTeX of what the panel shows: the row of exactpwl's region table, a map, a proof.

import { affineText, latexNumber, solved } from "./exact.js";

const variable = (name) => name.replace(/(\d+)$/, "_{$1}");

export function latexAffine(weight, bias, names) {
  return affineText(weight, bias, names, latexNumber, variable);
}

export function latexInequality(row, names) {
  const { left, relation, right } = solved(row);
  const zero = { n: 0n, d: 1n };
  return `${latexAffine(left, zero, names)} ${relation === ">=" ? "\\ge" : "\\le"} ${latexNumber(right)}`;
}

export function latexPoint(point) {
  const entries = point.map(latexNumber);
  return entries.length === 1 ? entries[0] : `(${entries.join(",\\,")})`;
}

const math = (items) => (items.length ? `$${items.join(",\\; ")}$` : "");

/** A region as a row: pattern, affine map, facets, vertices, bounded, area. */
export function latexRow(atlas, region) {
  const { weight, bias } = atlas.map(region);
  const maps = bias.map((constant, k) => {
    const text = latexAffine(weight[k], constant, atlas.names);
    return bias.length > 1 ? `${variable(atlas.outputs[k])} = ${text}` : text;
  });
  const facets = atlas.regions[region].sides.map((side) =>
    latexInequality(atlas.row(side), atlas.names),
  );
  const area = atlas.area(region);
  const cells = [
    `\\texttt{${atlas.regions[region].pattern}}`,
    math(maps),
    math(facets),
    math(atlas.vertices(region).map(latexPoint)),
    atlas.isBounded(region) ? "yes" : "no",
    math([area ? latexNumber(area) : "\\infty"]),
  ];
  return `${cells.join(" & ")} \\\\`;
}
