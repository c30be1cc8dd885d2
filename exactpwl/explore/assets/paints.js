// The ways to colour regions, each with what its legend says.

import { cssOf, flatShades, ramp, scaleOf, shades } from "./colours.js";
import { activeCounts, adjacentColours, piecesOfNeuron } from "./groups.js";

/** All colourings, in groups, for a menu: { group, options: [{ value, label }] }. */
export function colourings(atlas) {
  const { layers } = atlas.network;
  const several = layers.length > 1;
  const found = [
    {
      group: "Function",
      options: atlas.outputs.map((name, k) => ({ value: `output:${k}`, label: `Output ${name}` })),
    },
    {
      group: "Regions, neighbours in different colours",
      options: [
        { value: "region", label: "Activation regions" },
        { value: "linear", label: "Linear regions" },
        { value: "map", label: "Affine pieces" },
      ],
    },
  ];
  if (layers.length) {
    const each = several
      ? layers.map((_, i) => ({ value: `active:${i}`, label: `Active neurons, layer ${i + 1}` }))
      : [];
    found.push({
      group: "Neurons",
      options: [
        { value: "active:-1", label: several ? "Active neurons, all layers" : "Active neurons" },
        ...each,
      ],
    });
  }
  layers.forEach(({ neurons }, i) =>
    found.push({
      group: `One neuron of layer ${i + 1}`,
      options: neurons.map((name, j) => ({ value: `neuron:${i}:${j}`, label: `Neuron ${name}` })),
    }),
  );
  return found;
}

/** Turns a colouring's name into colours; keeps what does not depend on the palette. */
export class Paints {
  constructor(atlas) {
    this.atlas = atlas;
    this.known = new Map();
    this.scales = new Map();
  }

  classes(name) {
    if (!this.known.has(name)) this.known.set(name, this.computed(name));
    return this.known.get(name);
  }

  computed(name) {
    const [kind, first, second] = name.split(":");
    if (kind === "active") return activeCounts(this.atlas, Number(first));
    if (kind === "neuron") return piecesOfNeuron(this.atlas, Number(first), Number(second));
    return adjacentColours(this.atlas, kind === "region" ? null : kind);
  }

  /** The scale of an output, chosen for a sample of its values. */
  scale(output, sample) {
    if (!this.scales.has(output)) this.scales.set(output, scaleOf(sample()));
    return this.scales.get(output);
  }

  /** Choose scales anew when they are asked for. */
  forgetScales() {
    this.scales.clear();
  }

  /**
   * How to paint: { flat } with a colour a region, or { scale, map, output }; and the legend,
   * { bar } with the colours of a bar and the values beside it, or { swatches }, or { note }.
   */
  of(name, palette, sample) {
    if (name.startsWith("output:")) {
      const output = Number(name.slice(7));
      const scale = this.scale(output, () => sample(output));
      const map = shades(scale.diverging ? palette.diverging : palette.sequential);
      return {
        scale,
        map,
        output,
        legend: {
          bar: (part) => cssOf(colourAt(map, scale.partPlace(part))),
          ticks: scale.ticks(),
          bent: scale.unit !== null,
        },
      };
    }
    const classes = this.classes(name);
    const most = classes.reduce((a, b) => Math.max(a, b), 0);
    if (name.startsWith("active") || name.startsWith("neuron")) {
      const least = name.startsWith("active") ? classes.reduce((a, b) => Math.min(a, b), most) : 0;
      const colours = ramp(
        palette.sequential,
        Math.max(most - least + 1, name.startsWith("neuron") ? 2 : 1),
      );
      const label = (value) => (name.startsWith("active") ? `${value}` : pieceName(value, most));
      return {
        flat: Uint32Array.from(classes, (value) => colours[value - least]),
        legend: {
          swatches: [...colours].map((colour, i) => ({
            colour: cssOf(colour),
            label: label(i + least),
          })),
        },
      };
    }
    const tints = flatShades(palette.tints);
    return {
      flat: Uint32Array.from(classes, (value) => tints[value % tints.length]),
      legend: { note: NOTES[name] },
    };
  }
}

const NOTES = {
  region: "One pattern each; neighbours differ in colour.",
  linear: "Largest open connected sets on which the function is affine.",
  map: "One affine map each, wherever it occurs.",
};

const pieceName = (value, most) =>
  most > 1 ? `piece ${value}` : value ? "active (piece 1)" : "inactive (piece 0)";

const colourAt = (map, place) =>
  map[Math.round(Math.min(Math.max(place, 0), 1) * (map.length - 1))];
