// The graph of a network with one input: the function over its regions, which are intervals.

import { cssOf, layerStyles } from "./colours.js";
import { toNumber } from "./exact.js";
import { listenToPointer, roundNumbers, View } from "./view.js";

const SOFT = 0.55; // so that the curve is seen first
const ROOM = 34; // pixels left free above and below the graph

export class Graph {
  constructor(stage, atlas, app) {
    Object.assign(this, { stage, atlas, app });
    this.base = stage.querySelector("#picture");
    this.over = stage.querySelector("#marks");
    const [[low, high]] = atlas.window.map((ends) => ends.map(({ n, d }) => toNumber(n, d)));
    this.view = new View([
      [low, high],
      [0, 0],
    ]);
    this.intervals = atlas.regions.map((region) => interval(atlas, region));
    this.frames = [];
    listenToPointer(this.over, {
      moved: (x) => app.hover(this.pick(x), [this.view.toPlane(x, 0)[0]]),
      left: () => app.hover(-1, null),
      clicked: (x, _, event) => app.click(this.pick(x), event),
      dragged: (dx) => this.change(() => this.view.panBy(dx, 0)),
      zoomed: (x, _, factor) =>
        this.change(() => this.view.zoomAt(x, this.view.height / 2, factor)),
    });
    new ResizeObserver(() => this.resize()).observe(stage);
    this.resize();
  }

  resize() {
    const { width, height } = this.stage.getBoundingClientRect();
    if (!width || !height) return;
    const first = this.view.width === 1;
    const ratio = width / this.view.width;
    this.view.resize(width, height, devicePixelRatio || 1);
    if (first) this.fitWindow();
    else {
      this.view.scale *= ratio;
      this.view.fitted *= ratio;
    }
    for (const canvas of [this.base, this.over]) {
      canvas.width = Math.round(width * this.view.dpr);
      canvas.height = Math.round(height * this.view.dpr);
    }
    this.draw();
  }

  fitWindow() {
    const [[left, right]] = this.view.window;
    const covered = this.app.covered();
    this.view.scale = this.view.fitted = (0.95 * (this.view.width - covered)) / (right - left);
    this.view.centre = [(left + right) / 2 - covered / 2 / this.view.scale, 0];
  }

  fit() {
    this.change(() => this.fitWindow());
  }

  change(action) {
    action();
    this.later();
  }

  later() {
    this.pending ??= requestAnimationFrame(() => {
      this.pending = null;
      this.draw();
    });
  }

  output() {
    const { colour } = this.app.state;
    return colour.startsWith("output:") ? Number(colour.slice(7)) : 0;
  }

  value(region, x) {
    const at = 2 * (this.atlas.regions[region].map * this.atlas.outputs.length + this.output());
    return this.atlas.heights[at] * x + this.atlas.heights[at + 1];
  }

  sample(output) {
    const [[left, right]] = this.view.window;
    const at = (x, region) => {
      const place = 2 * (this.atlas.regions[region].map * this.atlas.outputs.length + output);
      return this.atlas.heights[place] * x + this.atlas.heights[place + 1];
    };
    const places = Array.from({ length: 400 }, (_, i) => left + ((i + 0.5) / 400) * (right - left));
    const inside = places.filter((x) => this.regionAt(x) >= 0);
    const ends = this.intervals.flatMap(([low, high], region) => {
      const [from, to] = [Math.max(low, left), Math.min(high, right)];
      return from < to ? [at(from, region), at(to, region)] : [];
    });
    return { even: inside.map((x) => at(x, this.regionAt(x))), ends };
  }

  /** The visible pieces, each with the ends of its segment. */
  pieces() {
    const { left, right } = this.view.box();
    return this.intervals.flatMap(([low, high], region) => {
      const [from, to] = [Math.max(low, left), Math.min(high, right)];
      if (from >= to) return [];
      return [{ region, from, to, start: this.value(region, from), stop: this.value(region, to) }];
    });
  }

  draw() {
    const started = performance.now();
    const context = this.base.getContext("2d");
    const palette = this.app.palette();
    const { width, height, dpr } = this.view;
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    context.fillStyle = palette.ground;
    context.fillRect(0, 0, width, height);
    this.shown = this.pieces();
    this.chooseHeights();
    const paint = this.app.paint((output) => this.sample(output));
    for (const piece of this.shown) this.strip(context, piece, paint);
    this.zero(context, palette);
    this.breakpoints(context, palette);
    this.curve(context, palette);
    this.frames.push(performance.now() - started);
    this.mark();
  }

  chooseHeights() {
    const values = this.shown.flatMap(({ start, stop }) => [start, stop]);
    let [low, high] = [Math.min(...values), Math.max(...values)];
    if (!(low < high)) [low, high] = Number.isFinite(low) ? [low - 1, low + 1] : [-1, 1];
    const scale = (this.view.height - 2 * ROOM) / (high - low);
    this.toY = (value) => ROOM + (high - value) * scale;
    this.heights = [low, high];
  }

  toX(x) {
    return this.view.toPixel(x, 0)[0];
  }

  strip(context, { region, from, to, start, stop }, paint) {
    const [x, u] = [this.toX(from), this.toX(to)];
    if (paint.flat) context.fillStyle = cssOf(paint.flat[region]);
    else {
      context.fillStyle = context.createLinearGradient(x, 0, u, 0);
      for (let i = 0; i <= 8; i += 1) {
        const place = paint.scale.place(start + ((stop - start) * i) / 8);
        const colour = paint.map[Math.round(place * (paint.map.length - 1))];
        context.fillStyle.addColorStop(i / 8, cssOf(colour));
      }
    }
    context.globalAlpha = SOFT;
    context.fillRect(x, 0, u - x, this.view.height);
    context.globalAlpha = 1;
  }

  zero(context, palette) {
    if (!this.app.state.level || this.heights[0] > 0 || this.heights[1] < 0) return;
    context.strokeStyle = palette.ink;
    context.globalAlpha = 0.6;
    context.setLineDash([4, 4]);
    context.beginPath();
    context.moveTo(0, this.toY(0));
    context.lineTo(this.view.width, this.toY(0));
    context.stroke();
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  breakpoints(context, palette) {
    const styles = layerStyles(palette, this.atlas.network.layers.length, this.shown.length);
    for (const { region, from } of this.shown) {
      for (const [start, above, other] of this.atlas.regions[region].sides) {
        if (above && other >= 0 && this.atlas.points[2 * start] === from) {
          const layer = this.atlas.firstChange(region, other);
          if (!this.app.state.layers[layer]) continue;
          context.strokeStyle = styles[layer].colour;
          context.lineWidth = styles[layer].width;
          context.beginPath();
          context.moveTo(this.toX(from), 0);
          context.lineTo(this.toX(from), this.view.height);
          context.stroke();
        }
      }
    }
  }

  curve(context, palette) {
    context.beginPath();
    for (const { from, to, start, stop } of this.shown) {
      context.moveTo(this.toX(from), this.toY(start));
      context.lineTo(this.toX(to), this.toY(stop));
    }
    context.lineCap = "round";
    for (const [width, colour] of [
      [6, palette.ground],
      [3, palette.ink],
    ]) {
      context.lineWidth = width;
      context.strokeStyle = colour;
      context.stroke();
    }
  }

  mark() {
    const context = this.over.getContext("2d");
    const { width, height, dpr } = this.view;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.over.width, this.over.height);
    context.setTransform(dpr, 0, 0, dpr, 0, 0);
    const { hovered, pins, point } = this.app.state;
    const palette = this.app.palette();
    if (hovered >= 0) this.band(context, hovered, palette.ink, 0.1);
    pins.forEach((region, i) => {
      if (region >= 0) this.band(context, region, this.app.pinColours[i], 0.22);
    });
    if (point) {
      const x = this.toX(point[0]);
      context.strokeStyle = palette.ink;
      context.lineWidth = 2;
      context.beginPath();
      context.moveTo(x, 0);
      context.lineTo(x, height);
      context.stroke();
    }
    if (this.app.state.labels) this.label(context, palette);
    context.font = "11px system-ui, sans-serif";
    const { left, right } = this.view.box();
    this.write(context, palette, roundNumbers(left, right, width / 110), ({ value, label }) => {
      const x = this.toX(value);
      context.fillRect(x - 0.5, height - 4, 1, 4);
      return [label, x, height - 8, "center"];
    });
    const [low, high] = this.heights;
    this.write(context, palette, roundNumbers(low, high, height / 70), ({ value, label }) => {
      context.fillRect(0, this.toY(value) - 0.5, 4, 1);
      return [label, 8, this.toY(value) + 4, "left"];
    });
  }

  /** What is written into the regions, where there is room. */
  label(context, palette) {
    context.font = "12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";
    const written = this.shown.flatMap(({ region, from, to }) => {
      const text = this.app.label(region);
      const [x, u] = [this.toX(from), this.toX(to)];
      return context.measureText(text).width + 6 < u - x ? [[text, (x + u) / 2, 20, "center"]] : [];
    });
    this.write(context, palette, written, (place) => place);
  }

  write(context, palette, marks, place) {
    context.fillStyle = palette.ink;
    context.strokeStyle = palette.ground;
    context.lineWidth = 3;
    for (const mark of marks) {
      const [text, x, y, align] = place(mark);
      context.textAlign = align;
      context.strokeText(text, x, y);
      context.fillText(text, x, y);
    }
  }

  band(context, region, colour, alpha) {
    const { left, right } = this.view.box();
    const [low, high] = this.intervals[region];
    const [x, u] = [this.toX(Math.max(low, left)), this.toX(Math.min(high, right))];
    if (x >= u) return;
    context.fillStyle = colour;
    context.globalAlpha = alpha;
    context.fillRect(x, 0, u - x, this.view.height);
    context.globalAlpha = 1;
    context.fillRect(x, 0, u - x, 4);
    context.fillRect(x, 0, 1.5, this.view.height);
    context.fillRect(u - 1.5, 0, 1.5, this.view.height);
  }

  regionAt(x) {
    return this.intervals.findIndex(([low, high]) => low <= x && x < high);
  }

  pick(px) {
    return this.regionAt(this.view.toPlane(px, 0)[0]);
  }

  placeOf(region) {
    const [[left, right]] = this.view.window;
    const far = right - left;
    let [low, high] = this.intervals[region];
    if (low === -Infinity && high === Infinity) return [(left + right) / 2];
    if (low === -Infinity) low = Math.min(left, high - far / 4);
    if (high === Infinity) high = Math.max(right, low + far / 4);
    return [(low + high) / 2];
  }

  show(region, place = this.placeOf(region)) {
    this.change(() => {
      const [x] = [this.toX(place[0])];
      if (x < 30 || x > this.view.width - 30) this.view.centre = [place[0], 0];
      const size = (this.intervals[region][1] - this.intervals[region][0]) * this.view.scale;
      if (size < 6) {
        this.view.centre = [place[0], 0];
        this.view.zoomAt(this.view.width / 2, this.view.height / 2, 40 / size);
      }
    });
  }
}

/** A region of the line as two floats, infinite where it is unbounded. */
function interval(atlas, { sides }) {
  const found = [-Infinity, Infinity];
  for (const [start, above] of sides) found[above ? 0 : 1] = atlas.points[2 * start];
  return found;
}
