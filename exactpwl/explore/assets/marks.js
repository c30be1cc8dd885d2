// What lies over the plan: the region under the pointer, the pinned ones, a walk, a point, the lines
// of an empty pattern's inequalities, what is written into the regions, the marks of the axes.

import { clipped } from "./raster.js";
import { roundNumbers } from "./view.js";

export class Marks {
  constructor(plan) {
    this.plan = plan;
    Object.assign(this, { atlas: plan.atlas, app: plan.app, view: plan.view });
  }

  draw() {
    const context = this.plan.over.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.plan.over.width, this.plan.over.height);
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

  /** A region in pixels, cut some pixels outside the picture. */
  seen(region, extra = 0) {
    const corners = clipped(this.atlas, region, this.view.box(extra));
    return corners.map(([x, y]) => this.view.toPixel(x, y));
  }

  outline(context, region, colour, width, fill, name = "") {
    const corners = this.seen(region, 30);
    if (corners.length < 3) return;
    context.beginPath();
    corners.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.globalAlpha = fill;
    context.fillStyle = colour;
    context.fill();
    context.globalAlpha = 1;
    stroke(context, width + 2, this.app.palette().ground);
    stroke(context, width, colour);
    const sees = name && this.app.state.pins[1] >= 0;
    if (sees) badge(context, middle(corners), name, colour);
    else if (extent(corners) < 9) badge(context, middle(corners), "", colour);
  }

  walk(context, walk, palette) {
    context.beginPath();
    walk.forEach((region, i) => {
      const [x, y] = middle(this.seen(region, 2000));
      if (i) context.lineTo(x, y);
      else context.moveTo(x, y);
    });
    context.setLineDash([2, 6]);
    context.lineCap = "round";
    stroke(context, 5, palette.ground);
    stroke(context, 2.4, palette.ink);
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
    stroke(context, 4, palette.ground);
    stroke(context, 1.8, this.app.pinColours[1]);
  }

  cross(context, [x, y], palette) {
    context.beginPath();
    context.arc(x, y, 5, 0, 2 * Math.PI);
    context.moveTo(x - 12, y);
    context.lineTo(x + 12, y);
    context.moveTo(x, y - 12);
    context.lineTo(x, y + 12);
    stroke(context, 5, palette.ground);
    stroke(context, 2, palette.ink);
  }

  labels(context, palette) {
    context.font = "12px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace";
    context.textAlign = "center";
    context.textBaseline = "middle";
    let written = 0;
    for (const region of this.plan.shown) {
      const corners = this.seen(region);
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

/** The longer side of the box around a polygon. */
export function extent(corners) {
  const range = (values) => Math.max(...values) - Math.min(...values);
  return corners.length
    ? Math.max(range(corners.map(([x]) => x)), range(corners.map(([, y]) => y)))
    : 0;
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

function stroke(context, width, colour) {
  context.lineWidth = width;
  context.strokeStyle = colour;
  context.stroke();
}
