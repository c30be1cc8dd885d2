// The plan: a network with two inputs from above, on a canvas.
//
// One canvas has the picture (fills, boundaries by layer, the level line), a second one lies over it
// with what changes at each movement (marks.js).  A frame that takes long is not made at each step of a drag: the
// last one is moved, and made anew when the hand rests.

import { toNumber } from "./exact.js";
import { layerStyles } from "./colours.js";
import { extent, Marks, middle } from "./marks.js";
import { clipped, colour, extents, Raster, visible } from "./raster.js";
import { listenToPointer, View } from "./view.js";

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
    this.marks = new Marks(this);
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
    context.setTransform(
      factor,
      0,
      0,
      factor,
      after.ox - before.ox * factor,
      after.oy - before.oy * factor,
    );
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
    const outside = Number(
      `0xff${this.app.palette().outside.slice(1).match(/../g).reverse().join("")}`,
    );
    colour(this.raster, atlas, paint, view.transform(), outside);
    const { context } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    const pixels = new Uint8ClampedArray(this.raster.pixels.buffer);
    const image = new ImageData(pixels, this.base.width);
    context.putImageData(image, 0, 0);
    this.lines(context, box);
    if (this.app.state.level && paint.scale) this.levelLine(context, paint.output, box);
    this.cost = performance.now() - started;
    this.frames.push(this.cost);
    this.mark();
  }

  /** Values of an output: spread evenly over the window, and at all corners in it. */
  sample(output) {
    const small = new Raster(160, 160);
    const [[left, right], [low, high]] = this.view.window;
    const [sx, sy] = [160 / (right - left), -160 / (high - low)];
    const transform = { sx, ox: -left * sx, sy, oy: -high * sy };
    const box = { left, right, low, high };
    small.fill(this.atlas, visible(this.boxes, box), this.boxes, transform, box);
    const even = [];
    small.owner.forEach((owner, i) => {
      if (owner) {
        const x = ((i % 160) + 0.5 - transform.ox) / sx;
        const y = (Math.floor(i / 160) + 0.5 - transform.oy) / sy;
        even.push(this.valueAt(owner - 1, output, x, y));
      }
    });
    const ends = visible(this.boxes, box).flatMap((region) =>
      clipped(this.atlas, region, box).map(([x, y]) => this.valueAt(region, output, x, y)),
    );
    return { even, ends };
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
    for (const [width, colour] of [
      [4.2, ink],
      [2, this.app.palettes.decision],
    ]) {
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

  mark() {
    this.marks.draw();
  }

  pick(x, y) {
    return this.raster.at(x * this.view.dpr, y * this.view.dpr);
  }

  /** A place inside a region, in coordinates, as seen in a wide view. */
  placeOf(region) {
    const [[left, right], [low, high]] = this.view.window;
    const [w, h] = [right - left, high - low];
    const corners = clipped(this.atlas, region, { left, right, low, high });
    const wide = {
      left: left - 1e3 * w,
      right: right + 1e3 * w,
      low: low - 1e3 * h,
      high: high + 1e3 * h,
    };
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
    const far =
      2 * (Math.abs(x - left) + Math.abs(x - right) + Math.abs(y - low) + Math.abs(y - high));
    const from = kind < 0 ? [x - far * u, y - far * v] : [x, y];
    [x, y, u, v] = [...from, x + far * u, y + far * v];
  }
  if ((x < left && u < left) || (x > right && u > right)) return null;
  if ((y < low && v < low) || (y > high && v > high)) return null;
  return [x, y, u, v];
}
