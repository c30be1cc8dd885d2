// The complex: regions with their facets, maps, vertices and neighbours, exactly.
//
// The file says what cannot be derived; the rest is computed here from the same integers, and only
// when somebody asks.  Drawing needs a float for each vertex: those are made once, at the start.

import { affineText, cross, dot, integer, primitive, ratio, subtract, toNumber } from "./exact.js";

/** Read the contents that stand in the page: base64, zlib, JSON. */
export async function readContents(text) {
  const bytes = Uint8Array.from(atob(text.trim()), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(stream).text());
}

export class Atlas {
  constructor(contents) {
    Object.assign(this, contents);
    this.dimension = this.network.inputs.length;
    this.names = this.network.inputs;
    this.outputs = this.network.outputs;
    this.window = this.window.map((ends) => ends.map(fraction));
    this.regions.forEach((region, index) => (region.index = index));
    this.exactGenerators = new Array(this.generators.length);
    this.exactMaps = new Array(this.maps.length);
    this.points = this.floatGenerators();
    this.heights = this.floatMaps();
    this.layerOfPlace = this.places();
    this.byPattern = new Map(this.regions.map((region) => [region.pattern, region.index]));
  }

  get size() {
    return this.regions.length;
  }

  /** For each generator (x, y, 1), or for a direction a unit vector (x, y, 0); without y on the line. */
  floatGenerators() {
    const width = this.dimension + 1;
    const found = new Float64Array(this.generators.length * width);
    this.generators.forEach((text, i) => {
      const entries = text.split(" ");
      const last = entries[width - 1];
      let values = entries.slice(0, -1).map(Number);
      if (last !== "0") {
        const t = Number(last);
        values = values.map((value, j) => {
          const quick = value / t;
          return Number.isFinite(quick) ? quick : toNumber(integer(entries[j]), integer(last));
        });
      } else if (!values.every(Number.isFinite)) {
        const exact = entries.map(integer);
        const longest = exact.reduce((a, b) => (b < 0n ? (-b > a ? -b : a) : b > a ? b : a), 1n);
        values = exact.slice(0, -1).map((entry) => toNumber(entry, longest));
      }
      const length = last === "0" ? Math.hypot(...values) : 1;
      values.forEach((value, j) => (found[i * width + j] = value / length));
      found[i * width + width - 1] = last === "0" ? 0 : 1;
    });
    return found;
  }

  /** For each map and output the coefficients and the constant, as floats. */
  floatMaps() {
    const per = this.outputs.length * (this.dimension + 1);
    const found = new Float64Array(this.maps.length * per);
    this.maps.forEach((text, i) => {
      const entries = text.split(" ");
      const scale = Number(entries[per]);
      for (let j = 0; j < per; j += 1) {
        const quick = Number(entries[j]) / scale;
        const sure = Number.isFinite(quick);
        found[i * per + j] = sure ? quick : toNumber(integer(entries[j]), integer(entries[per]));
      }
    });
    return found;
  }

  /** For each place in a pattern's text its layer with kinks; -1 for the bars. */
  places() {
    const found = [];
    this.network.layers.forEach((layer, stage) => {
      if (stage) found.push(-1);
      found.push(...layer.neurons.map(() => stage));
    });
    return found;
  }

  generator(i) {
    return (this.exactGenerators[i] ??= this.generators[i].split(" ").map(integer));
  }

  /** The exact map of a region: { weight: rows of ratios, bias: ratios }. */
  map(region) {
    const i = this.regions[region].map;
    return (this.exactMaps[i] ??= this.readMap(this.maps[i].split(" ").map(integer)));
  }

  readMap(entries) {
    const scale = entries[entries.length - 1];
    const width = this.dimension + 1;
    const rows = this.outputs.map((_, k) =>
      entries.slice(k * width, (k + 1) * width).map((entry) => ratio(entry, scale)),
    );
    return { weight: rows.map((row) => row.slice(0, -1)), bias: rows.map((row) => row.at(-1)) };
  }

  /** The values of the map at a point given as ratios. */
  valuesAt(region, point) {
    const { weight, bias } = this.map(region);
    return bias.map((constant, k) =>
      weight[k].reduce(
        (sum, { n, d }, j) =>
          ratio(sum.n * d * point[j].d + n * point[j].n * sum.d, sum.d * d * point[j].d),
        constant,
      ),
    );
  }

  /** The inequality of a side as a primitive integer row, >= 0 on the region. */
  row([start, end]) {
    if (this.dimension === 2) return primitive(cross(this.generator(start), this.generator(end)));
    const [x, t] = this.generator(start);
    return end ? [t, -x] : [-t, x];
  }

  isBounded(region) {
    const last = this.dimension;
    return (
      !this.lines &&
      this.regions[region].generators.every((i) => this.points[i * (last + 1) + last] === 1)
    );
  }

  /** Vertices as lists of ratios, in the order of the region's generators. */
  vertices(region) {
    return this.regions[region].generators
      .map((i) => this.generator(i))
      .filter((vector) => vector.at(-1) !== 0n)
      .map((vector) => vector.slice(0, -1).map((entry) => ratio(entry, vector.at(-1))));
  }

  rays(region) {
    return this.regions[region].generators
      .map((i) => this.generator(i))
      .filter((vector) => vector.at(-1) === 0n)
      .map((vector) => vector.slice(0, -1));
  }

  /** The directions of the lineality space. */
  lineDirections() {
    const first = this.generators.length - 2 * this.lines;
    return Array.from({ length: this.lines }, (_, i) => this.generator(first + 2 * i).slice(0, -1));
  }

  /** The exact area, or length; null where the region is unbounded. */
  area(region) {
    if (!this.isBounded(region)) return null;
    const { sides, generators } = this.regions[region];
    if (this.dimension === 1) {
      const [a, b] = this.vertices(region).map(([x]) => x);
      const size = subtract(a, b);
      return { n: size.n < 0n ? -size.n : size.n, d: size.d };
    }
    const corners = sides.map(([start]) => this.generator(start));
    const whole = generators.reduce((product, i) => product * this.generator(i)[2], 1n);
    const doubled = corners.reduce((sum, [x, y, t], i) => {
      const [u, v, s] = corners[(i + 1) % corners.length];
      return sum + (x * v - u * y) * (whole / (t * s));
    }, 0n);
    return ratio(doubled, 2n * whole);
  }

  /** Where a point (homogeneous integers) lies: 1 inside, 0 on the border, -1 outside. */
  side(region, vector) {
    let inside = 1;
    for (const side of this.regions[region].sides) {
      const height = dot(this.row(side), vector);
      if (height < 0n) return -1;
      if (height === 0n) inside = 0;
    }
    return inside;
  }

  /** The neurons on which two regions differ: { layer, neuron, name, from, to }. */
  flips(first, second) {
    const pieces = (region) => piecesOf(this.regions[region].pattern);
    const other = pieces(second);
    return pieces(first).flatMap((layer, stage) =>
      layer
        .map((from, neuron) => ({ layer: stage, neuron, from, to: other[stage][neuron] }))
        .filter(({ from, to }) => from !== to)
        .map((flip) => ({ ...flip, name: this.network.layers[stage].neurons[flip.neuron] })),
    );
  }

  /** The first layer with kinks in which two regions differ. */
  firstChange(first, second) {
    return this.flipsFirst(this.regions[first].pattern, this.regions[second].pattern);
  }

  flipsFirst(a, b) {
    if (a.length === this.layerOfPlace.length && b.length === a.length) {
      let i = 0;
      while (a[i] === b[i]) i += 1;
      return this.layerOfPlace[i];
    }
    const [first, second] = [a.split("|"), b.split("|")];
    return first.findIndex((text, i) => text !== second[i]);
  }

  /** What lies behind a facet, by name: neurons with their breakpoints, rows of the domain. */
  behind([, , , kinks, rows]) {
    const names = kinks.map((kink) => this.network.kink_names[kink]);
    return [...names, ...rows.map((row) => `domain, row ${row}`)];
  }

  neighbours(region) {
    return this.regions[region].sides.map((side) => side[2]).filter((other) => other >= 0);
  }

  /** The difference of the maps of two regions, second minus first. */
  mapDifference(first, second) {
    const [f, g] = [this.map(first), this.map(second)];
    return {
      weight: g.weight.map((row, k) => row.map((entry, j) => subtract(entry, f.weight[k][j]))),
      bias: g.bias.map((entry, k) => subtract(entry, f.bias[k])),
    };
  }

  /** A map as lines of text: "f = x+2y-1/2". */
  mapText({ weight, bias }) {
    return this.outputs.map((name, k) => `${name} = ${affineText(weight[k], bias[k], this.names)}`);
  }

  /** The regions on a shortest walk across facets, both ends included. */
  walk(first, second) {
    const before = new Map([[first, -1]]);
    const queue = [first];
    for (const region of queue) {
      if (region === second) break;
      for (const other of this.neighbours(region)) {
        if (!before.has(other)) {
          before.set(other, region);
          queue.push(other);
        }
      }
    }
    const path = [];
    for (let at = second; at !== -1 && at !== undefined; at = before.get(at)) path.unshift(at);
    return path;
  }
}

/** A pattern's pieces, layer by layer; a piece of 10 or more stands in parentheses. */
export function piecesOf(pattern) {
  return pattern
    .split("|")
    .map((layer) =>
      (layer.match(/\d|\(\d+\)/g) ?? []).map((piece) => Number(piece.replace(/[()]/g, ""))),
    );
}

function fraction(text) {
  const [n, d = "1"] = text.split("/");
  return ratio(integer(n), integer(d));
}
