// Colours: the palette of the figures, and the scale from a value to its place in a map.
//
// Where the values reach far beyond what is typical (the median distance from the centre, by area)
// the scale is that of asinh: even near the centre, logarithmic far from it.  So it is in the
// printed figures.  Colours are chosen in floats.

const FAR = 10; // how many times the typical distance before the scale is bent
const SHADES = 1024;

/**
 * The scale of a picture: `even` are values spread evenly over it, `ends` have its least and its
 * greatest one.
 */
export function scaleOf({ even, ends }, level = 0) {
  const values = Float64Array.from(even.filter(Number.isFinite)).sort();
  if (!values.length) return new Scale(-1, 1, 0, null, false);
  const range = (found, value) => [Math.min(found[0], value), Math.max(found[1], value)];
  const [low, high] = ends.filter(Number.isFinite).reduce(range, [values[0], values[0]]);
  const diverging = low < level && level < high;
  const centre = diverging ? level : values[values.length >> 1];
  const distances = values.map((value) => Math.abs(value - centre)).sort();
  const typical = distances[distances.length >> 1];
  const reach = Math.max(high - centre, centre - low);
  const bent = typical > 0 && FAR * typical < reach;
  return new Scale(low, high, centre, bent ? typical : null, diverging);
}

export class Scale {
  constructor(low, high, centre, unit, diverging) {
    Object.assign(this, { low, high, centre, unit, diverging });
    this.below = Math.max(-this.forward(low), 0);
    this.above = Math.max(this.forward(high), 0);
    Object.assign(this, diverging ? this.fromTheMiddle() : this.fromTheEnd());
  }

  /** Where the centre is in the map, and how far a step leads from it, downwards and upwards. */
  fromTheMiddle() {
    const reach = Math.max(this.below, this.above);
    const slope = (side) => Math.sqrt(side / reach) / 2 / side;
    return { start: 0.5, down: slope(this.below), up: slope(this.above) };
  }

  fromTheEnd() {
    const whole = this.below + this.above;
    const slope = whole ? 1 / whole : 0;
    return { start: whole ? this.below / whole : 0.5, down: slope, up: slope };
  }

  /** How many of its own steps a value lies above the centre. */
  forward(value) {
    const distance = value - this.centre;
    return this.unit === null ? distance : Math.asinh(distance / this.unit);
  }

  /** The place of a value in the colour map, from 0 to 1. */
  place(value) {
    return this.placeOf(this.forward(value));
  }

  placeOf(steps) {
    return Math.min(Math.max(this.start + steps * (steps < 0 ? this.down : this.up), 0), 1);
  }

  /** Values that are marked beside the colour bar, with their place along it (0 to 1). */
  ticks() {
    const inverse = (steps) =>
      this.centre + (this.unit === null ? steps : this.unit * Math.sinh(steps));
    return [0, 0.25, 0.5, 0.75, 1].map((part) => ({ part, value: inverse(this.stepsAt(part)) }));
  }

  /** The place in the map of a part of the colour bar, where equal parts are equal steps. */
  partPlace(part) {
    return this.placeOf(this.stepsAt(part));
  }

  stepsAt(part) {
    return part * (this.below + this.above) - this.below;
  }
}

const parse = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));

export function mix(first, second, part) {
  const [a, b] = [parse(first), parse(second)];
  return `#${a
    .map((c, i) =>
      Math.round(c + (b[i] - c) * part)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;
}

/** A map as pixels, for looking up: SHADES entries, little-endian RGBA. */
export function shades(stops) {
  const colours = stops.map(parse);
  return Uint32Array.from({ length: SHADES }, (_, i) => {
    const at = (i / (SHADES - 1)) * (colours.length - 1);
    const k = Math.min(Math.floor(at), colours.length - 2);
    return pixel(colours[k].map((c, j) => c + (colours[k + 1][j] - c) * (at - k)));
  });
}

export const flatShades = (hexes) => Uint32Array.from(hexes, (hex) => pixel(parse(hex)));

const pixel = ([r, g, b]) =>
  ((255 << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;

/** The colours of so many classes, from a sequential map, light to dark. */
export function ramp(stops, count) {
  const map = shades(stops);
  return Uint32Array.from(
    { length: count },
    (_, i) => map[Math.round((count > 1 ? i / (count - 1) : 0.5) * (SHADES - 1))],
  );
}

export const cssOf = (rgba) => `rgb(${rgba & 255},${(rgba >> 8) & 255},${(rgba >> 16) & 255})`;

/** Line width and colour of each layer: the first is thickest and darkest. */
export function layerStyles(palette, layers, shown) {
  const crowd = Math.min(1, (60 / Math.max(shown, 1)) ** 0.22);
  return Array.from({ length: layers }, (_, i) => ({
    width: 1.25 * crowd * (0.22 + 1.78 * 0.55 ** i),
    colour: mix(palette.deep, palette.ink, 0.55 ** i),
  }));
}
