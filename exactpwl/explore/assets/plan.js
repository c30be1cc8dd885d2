// The plan: a network with two inputs from above, on a canvas.
//
// One canvas has the picture (fills, boundaries by layer, the level line), a second one lies over it
// with what changes at each movement: the region under the pointer, the pinned ones, a walk, a
// point, the marks of the axes.  A frame that takes long is not made at each step of a drag: the
// last one is moved, and made anew when the hand rests.

import { toNumber } from "./exact.js";
import { layerStyles } from "./colours.js";
import { clipped, coloured, extents, Raster, visible } from "./raster.js";
import { listenToPointer, roundNumbers, View } from "./view.js";

const SMOOTH = 28; // milliseconds that a frame may take while it is dragged
const REST = 110;
const THINNEST = 0.8;
const MOST_PIXELS = 3.2e6;

export class Plan {
  constructor(stage, atlas, app) {
    Object.assign(this, { stage, atlas, app });
    this.base = stage.querySelector("#picture");
    // the pixels are ours: a canvas in main memory takes them as they are, and draws the lines at once
    this.context = this.base.getContext("2d", { willReadFrequently: true, alpha: false });
    this.over = stage.querySelector("#marks");
    this.view = new View(atlas.window.map((ends) => ends.map(({ n, d }) => toNumber(n, d))));
    this.boxes = extents(atlas);
    this.segments = facetsByLayer(atlas);
    this.buffer = document.createElement("canvas");
    this.cost = 0;
    this.frames = [];
    listenToPointer(this.over, {
      moved: (x, y) => app.hover(this.pick(x, y), this.view.toPlane(x, y)),
      left: () => app.hover(-1, null),
      clicked: (x, y, event) => app.click(this.pick(x, y), event),
      dragged: (dx, dy) => this.change(() => this.view.panBy(dx, dy)),
      zoomed: (x, y, factor) => this.change(() => this.view.zoomAt(x, y, factor)),
    });
    new ResizeObserver(() => this.resize()).observe(stage);
    this.resize();
  }

  resize() {
    const { width, height } = this.stage.getBoundingClientRect();
    if (!width || !height) return;
    const dpr = Math.min(devicePixelRatio || 1, Math.sqrt(MOST_PIXELS / (width * height)));
    const first = this.view.width === 1;
    const ratio = Math.min(width / this.view.width, height / this.view.height);
    this.view.resize(width, height, Math.max(dpr, 0.5));
    if (first) this.view.fit(this.app.covered());
    else {
      this.view.scale *= ratio;
      this.view.fitted *= ratio;
    }
    for (const canvas of [this.base, this.over]) {
      canvas.width = Math.round(width * this.view.dpr);
      canvas.height = Math.round(height * this.view.dpr);
    }
    this.raster = new Raster(this.base.width, this.base.height);
    this.draw();
  }

  fit() {
    this.change(() => this.view.fit(this.app.covered()), true);
  }

  /** Change the view, now if frames are quick, and at rest if they are not. */
  change(action, whole = false) {
    const before = this.view.transform();
    action();
    clearTimeout(this.resting);
    if (whole || this.cost < SMOOTH) this.later();
    else {
      this.moveFrame(before);
      this.resting = setTimeout(() => this.draw(), REST);
    }
  }

  later() {
    this.pending ??= requestAnimationFrame(() => {
      this.pending = null;
      this.draw();
    });
  }

  /** Show the frame that there is at the place where it belongs now. */
  moveFrame(before) {
    const after = this.view.transform();
    const factor = after.sx / before.sx;
    const { context } = this;
    this.buffer.width = this.base.width;
    this.buffer.height = this.base.height;
    this.buffer.getContext("2d").drawImage(this.base, 0, 0);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.fillStyle = this.app.palette().outside;
    context.fillRect(0, 0, this.base.width, this.base.height);
    context.setTransform(factor, 0, 0, factor, after.ox - before.ox * factor, after.oy - before.oy * factor);
    context.drawImage(this.buffer, 0, 0);
    this.mark();
  }

  /** Draw everything. */
  draw() {
    clearTimeout(this.resting);
    const started = performance.now();
    const { view, atlas } = this;
    const box = view.box(60);
    this.shown = visible(this.boxes, box);
    this.raster.fill(atlas, this.shown, this.boxes, view.transform(), box);
    const paint = this.app.paint((output) => this.sample(output));
    const outside = Number(`0xff${this.app.palette().outside.slice(1).match(/../g).reverse().join("")}`);
    const pixels = coloured(this.raster, atlas, paint, view.transform(), outside);
    const { context } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    const image = new ImageData(new Uint8ClampedArray(pixels.buffer), this.base.width);
    context.putImageData(image, 0, 0);
    this.lines(context, box);
    if (this.app.state.level && paint.scale) this.levelLine(context, paint.output, box);
    this.cost = performance.now() - started;
    this.frames.push(this.cost);
    this.mark();
  }

  /** Values of an output, spread evenly over the window. */
  sample(output) {
    const small = new Raster(160, 160);
    const [[left, right], [low, high]] = this.view.window;
    const [sx, sy] = [160 / (right - left), -160 / (high - low)];
    const transform = { sx, ox: -left * sx, sy, oy: -high * sy };
    const box = { left, right, low, high };
    small.fill(this.atlas, visible(this.boxes, box), this.boxes, transform, box);
    const found = [];
    small.owner.forEach((owner, i) => {
      if (owner) {
        const x = ((i % 160) + 0.5 - transform.ox) / sx;
        const y = (Math.floor(i / 160) + 0.5 - transform.oy) / sy;
        found.push(this.valueAt(owner - 1, output, x, y));
      }
    });
    return found;
  }

  valueAt(region, output, x, y) {
    const at = (this.atlas.regions[region].map * this.atlas.outputs.length + output) * 3;
    const { heights } = this.atlas;
    return heights[at] * x + heights[at + 1] * y + heights[at + 2];
  }

  /** The boundaries, deep layers first, so that the first layer's lie on top. */
  lines(context, box) {
    const { layers } = this.app.state;
    const styles = layerStyles(this.app.palette(), this.segments.length, this.shown.length);
    const { sx, ox, sy, oy } = this.view.transform();
    context.lineCap = "round";
    for (let layer = this.segments.length - 1; layer >= 0; layer -= 1) {
      if (!layers[layer]) continue;
      const ends = this.segments[layer];
      context.beginPath();
      for (let i = 0; i < ends.length; i += 6) {
        const piece = shown(ends, i, box);
        if (piece) {
          context.moveTo(sx * piece[0] + ox, sy * piece[1] + oy);
          context.lineTo(sx * piece[2] + ox, sy * piece[3] + oy);
        }
      }
      const width = styles[layer].width * this.view.dpr;
      context.strokeStyle = styles[layer].colour;
      context.lineWidth = Math.max(width, THINNEST); // thinner ones would look dashed
      context.globalAlpha = Math.min(1, width / THINNEST);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  /** The line where an output is 0: light, between two dark ones. */
  levelLine(context, output, box) {
    const { sx, ox, sy, oy } = this.view.transform();
    context.beginPath();
    for (const region of this.shown) {
      if (!this.crossesZero(region, output)) continue;
      const corners = clipped(this.atlas, region, box);
      const values = corners.map(([x, y]) => this.valueAt(region, output, x, y));
      const ends = [];
      corners.forEach(([x, y], i) => {
        const [j, v] = [(i + 1) % corners.length, values[i]];
        if (v === 0) ends.push([x, y]);
        else if (v < 0 !== values[j] < 0 && values[j] !== 0) {
          const part = v / (v - values[j]);
          ends.push([x + part * (corners[j][0] - x), y + part * (corners[j][1] - y)]);
        }
      });
      if (ends.length === 2) {
        context.moveTo(sx * ends[0][0] + ox, sy * ends[0][1] + oy);
        context.lineTo(sx * ends[1][0] + ox, sy * ends[1][1] + oy);
      }
    }
    const { ink } = this.app.palettes.light;
    for (const [width, colour] of [[4.2, ink], [2, this.app.palettes.decision]]) {
      context.lineWidth = width * this.view.dpr;
      context.strokeStyle = colour;
      context.stroke();
    }
  }

  /** Whether an output may have both signs on a region: a quick look at its vertices. */
  crossesZero(region, output) {
    const { points, lines, regions } = this.atlas;
    let [above, below] = [false, false];
    for (const i of regions[region].generators) {
      if (lines || !points[3 * i + 2]) return true;
      const value = this.valueAt(region, output, points[3 * i], points[3 * i + 1]);
      if (value >= 0) above = true;
      if (value <= 0) below = true;
    }
    return above && below;
  }

  /** What lies over the picture. */
  mark() {
    const context = this.over.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.over.width, this.over.height);
    context.setTransform(this.view.dpr, 0, 0, this.view.dpr, 0, 0);
    context.lineJoin = "round";
    const { hovered, pins, walk, point, rows } = this.app.state;
    const palette = this.app.palette();
    if (this.app.state.labels) this.labels(context, palette);
    this.axes(context, palette);
    for (const row of rows ?? []) this.whole(context, row, palette);
    if (walk?.length > 1) this.walk(context, walk, palette);
    if (hovered >= 0) this.outline(context, hovered, palette.ink, 1.6, 0.1);
    pins.forEach((region, i) => {
      if (region >= 0) this.outline(context, region, this.app.pinColours[i], 3, 0.16, "AB"[i]);
    });
    if (point) this.cross(context, this.view.toPixel(...point), palette);
  }

  outline(context, region, colour, width, fill, name = "") {
    const corners = clipped(this.atlas, region, this.view.box(30)).map(([x, y]) => this.view.toPixel(x, y));
    if (corners.length < 3) return;
    context.beginPath();
    corners.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.globalAlpha = fill;
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = this.app.palette().ground;
    context.lineWidth = width + 2;
    context.stroke();
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
    const sees = name && this.app.state.pins[1] >= 0;
    if (sees) badge(context, middle(corners), name, colour);
    else if (extent(corners) < 9) badge(context, middle(corners), "", colour);
  }

  walk(context, walk, palette) {
    context.beginPath();
    walk.forEach((region, i) => {
      const [x, y] = middle(clipped(this.atlas, region, this.view.box(2000)).map(([u, v]) => this.view.toPixel(u, v)));
      if (i) context.lineTo(x, y);
      else context.moveTo(x, y);
    });
    context.setLineDash([2, 6]);
    context.lineCap = "round";
    for (const [width, colour] of [[5, palette.ground], [2.4, palette.ink]]) {
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
    context.setLineDash([]);
  }

  /** A line { row . (x, y, 1) = 0 }, across the whole picture, with a tick towards where it is >= 0. */
  whole(context, row, palette) {
    const [a, b, c] = row;
    const length = Math.hypot(a, b);
    if (!length) return;
    const [x, y] = this.view.centre;
    const distance = (a * x + b * y + c) / length;
    const foot = [x - (a / length) * distance, y - (b / length) * distance];
    const far = (this.view.width + this.view.height) / this.view.scale;
    const at = (s) => this.view.toPixel(foot[0] - (b / length) * s, foot[1] + (a / length) * s);
    context.beginPath();
    context.moveTo(...at(-far));
    context.lineTo(...at(far));
    for (let s = -far; s <= far; s += 26 / this.view.scale) {
      const [px, py] = at(s);
      context.moveTo(px, py);
      context.lineTo(px + (7 * a) / length, py - (7 * b) / length);
    }
    for (const [width, colour] of [[4, palette.ground], [1.8, this.app.pinColours[1]]]) {
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
  }

  cross(context, [x, y], palette) {
    context.beginPath();
    context.arc(x, y, 5, 0, 2 * Math.PI);
    context.moveTo(x - 12, y);
    context.lineTo(x + 12, y);
    context.moveTo(x, y - 12);
    context.lineTo(x, y + 12);
    for (const [width, colour] of [[5, palette.ground], [2, palette.ink]]) {
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
  }

  labels(context, palette) {
    context.font = "12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";
    context.textAlign = "center";
    context.textBaseline = "middle";
    const box = this.view.box();
    let written = 0;
    for (const region of this.shown) {
      const corners = clipped(this.atlas, region, box).map(([x, y]) => this.view.toPixel(x, y));
      if (corners.length < 3 || extent(corners) < 30) continue;
      const text = this.app.label(region);
      const [x, y] = middle(corners);
      if (context.measureText(text).width + 8 > widthAt(corners, y)) continue;
      context.lineWidth = 3.5;
      context.strokeStyle = palette.ground;
      context.strokeText(text, x, y);
      context.fillStyle = palette.ink;
      context.fillText(text, x, y);
      written += 1;
      if (written > 1500) break;
    }
  }

  axes(context, palette) {
    const { left, right, low, high } = this.view.box();
    const { width, height } = this.view;
    context.font = "11px system-ui, sans-serif";
    context.lineWidth = 3;
    const write = (text, x, y, align, baseline) => {
      Object.assign(context, { textAlign: align, textBaseline: baseline });
      context.strokeStyle = palette.ground;
      context.globalAlpha = 0.75;
      context.strokeText(text, x, y);
      context.globalAlpha = 1;
      context.fillStyle = palette.ink;
      context.fillText(text, x, y);
    };
    for (const { value, label } of roundNumbers(left, right, width / 110)) {
      const [x] = this.view.toPixel(value, 0);
      if (x > 40 && x < width - 16) write(label, x, height - 7, "center", "alphabetic");
      context.fillRect(x - 0.5, height - 4, 1, 4);
    }
    for (const { value, label } of roundNumbers(low, high, height / 80)) {
      const [, y] = this.view.toPixel(0, value);
      if (y > 16 && y < height - 24) write(label, 8, y, "left", "middle");
      context.fillRect(0, y - 0.5, 4, 1);
    }
  }

  pick(x, y) {
    return this.raster.at(x * this.view.dpr, y * this.view.dpr);
  }

  /** A place inside a region, in coordinates, as seen in a wide view. */
  placeOf(region) {
    const [[left, right], [low, high]] = this.view.window;
    const [w, h] = [right - left, high - low];
    const corners = clipped(this.atlas, region, { left, right, low, high });
    const wide = { left: left - 1e3 * w, right: right + 1e3 * w, low: low - 1e3 * h, high: high + 1e3 * h };
    return middle(corners.length > 2 ? corners : clipped(this.atlas, region, wide));
  }

  /** Make a region seen, large enough to be recognised. */
  show(region, place = this.placeOf(region)) {
    this.change(() => {
      this.view.bringIn(...place);
      const wanted = this.view.box();
      const corners = clipped(this.atlas, region, wanted);
      const size = extent(corners) * this.view.scale;
      if (size < 14) this.zoomTo(place, Math.min(60 / Math.max(size, 1e-9), 1e9));
    }, true);
  }

  zoomTo(place, factor) {
    this.view.centre = place;
    this.view.zoomAt(this.view.width / 2, this.view.height / 2, factor);
  }
}

/** For each layer its facets, each once: pairs of points or directions (x, y, w). */
function facetsByLayer(atlas) {
  const found = atlas.network.layers.map(() => []);
  atlas.regions.forEach(({ index, sides }) => {
    for (const [start, end, other] of sides) {
      if (other > index) {
        const ends = [start, end].flatMap((i) => [0, 1, 2].map((j) => atlas.points[3 * i + j]));
        if (!ends[2]) ends.push(...ends.splice(0, 3));
        found[atlas.firstChange(index, other)].push(...(atlas.lines ? wholeLine(ends) : ends));
      }
    }
  });
  return found.map((numbers) => Float64Array.from(numbers));
}

const wholeLine = ([x, y, , u, v]) => [x, y, 1, u, v, -1];

/** The part of a facet that a box shows: x, y, u, v; null where there is none. */
function shown(ends, i, { left, right, low, high }) {
  let [x, y, u, v] = [ends[i], ends[i + 1], ends[i + 3], ends[i + 4]];
  const kind = ends[i + 5];
  if (kind < 1) {
    const far = 2 * (Math.abs(x - left) + Math.abs(x - right) + Math.abs(y - low) + Math.abs(y - high));
    const from = kind < 0 ? [x - far * u, y - far * v] : [x, y];
    [x, y, u, v] = [...from, x + far * u, y + far * v];
  }
  if ((x < left && u < left) || (x > right && u > right)) return null;
  if ((y < low && v < low) || (y > high && v > high)) return null;
  return [x, y, u, v];
}

/** The centre of mass of a polygon. */
export function middle(corners) {
  let [area, x, y] = [0, 0, 0];
  const [a, b] = corners[0] ?? [0, 0];
  corners.forEach(([p, q], i) => {
    const [u, v] = corners[(i + 1) % corners.length];
    const part = (p - a) * (v - b) - (u - a) * (q - b);
    area += part;
    x += part * (p + u - 2 * a);
    y += part * (q + v - 2 * b);
  });
  return area ? [a + x / (3 * area), b + y / (3 * area)] : [a, b];
}

function extent(corners) {
  const range = (values) => Math.max(...values) - Math.min(...values);
  return corners.length ? Math.max(range(corners.map(([x]) => x)), range(corners.map(([, y]) => y))) : 0;
}

/** How wide a polygon is at a height. */
function widthAt(corners, y) {
  const crossings = corners.flatMap(([x, p], i) => {
    const [u, q] = corners[(i + 1) % corners.length];
    return p < y !== q < y ? [x + ((y - p) / (q - p)) * (u - x)] : [];
  });
  return crossings.length ? Math.max(...crossings) - Math.min(...crossings) : 0;
}

function badge(context, [x, y], text, colour) {
  context.beginPath();
  context.arc(x, y, text ? 10 : 5, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
  context.strokeStyle = "#fff";
  context.lineWidth = 2;
  context.stroke();
  if (!text) return;
  context.fillStyle = "#fff";
  context.font = "bold 12px system-ui, sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(text, x, y + 0.5);
}
