// What part of the plane is seen, and how a hand moves it: drag, wheel, pinch, click.

const CLICK = 5; // pixels that a pointer may move in a click
const DEEPEST = 1e11; // how much smaller than the window a view may be: doubles end there
const WIDEST = 64;

export class View {
  constructor(window) {
    this.window = window;
    this.width = this.height = 1;
    this.dpr = 1;
    this.centre = [0, 0];
    this.scale = 1;
  }

  resize(width, height, dpr) {
    Object.assign(this, { width, height, dpr });
  }

  /** Show the window, whole; on the right, where nothing lies over it, as far as there is room. */
  fit(covered = 0) {
    const [[left, right], [low, high]] = this.window;
    const [wide, tall] = [right - left, high - low];
    this.scale = Math.min((0.95 * this.width) / wide, (0.95 * this.height) / tall);
    const aside = Math.min(covered, 0.975 * this.width - wide * this.scale) / 2;
    this.centre = [(left + right) / 2 - Math.max(aside, 0) / this.scale, (low + high) / 2];
    this.fitted = this.scale;
  }

  /** The part of the plane that is seen, with so many pixels around it. */
  box(extra = 0) {
    const [dx, dy] = [
      (this.width / 2 + extra) / this.scale,
      (this.height / 2 + extra) / this.scale,
    ];
    const [x, y] = this.centre;
    return { left: x - dx, right: x + dx, low: y - dy, high: y + dy };
  }

  /** pixel = s * coordinate + o, in device pixels (or in CSS pixels for `dpr` 1). */
  transform(dpr = this.dpr) {
    const sx = this.scale * dpr;
    return {
      sx,
      ox: (this.width * dpr) / 2 - this.centre[0] * sx,
      sy: -sx,
      oy: (this.height * dpr) / 2 + this.centre[1] * sx,
    };
  }

  toPlane(px, py) {
    return [
      this.centre[0] + (px - this.width / 2) / this.scale,
      this.centre[1] - (py - this.height / 2) / this.scale,
    ];
  }

  toPixel(x, y) {
    return [
      (x - this.centre[0]) * this.scale + this.width / 2,
      (this.centre[1] - y) * this.scale + this.height / 2,
    ];
  }

  zoomAt(px, py, factor) {
    const [x, y] = this.toPlane(px, py);
    const scale = Math.min(
      Math.max(this.scale * factor, this.fitted / WIDEST),
      this.fitted * DEEPEST,
    );
    this.centre = [x - (px - this.width / 2) / scale, y + (py - this.height / 2) / scale];
    this.scale = scale;
  }

  panBy(dx, dy) {
    this.centre = [this.centre[0] - dx / this.scale, this.centre[1] + dy / this.scale];
  }

  /** Move so that a point is seen; it stays where it is if it is seen already. */
  bringIn(x, y, margin = 40) {
    const [px, py] = this.toPixel(x, y);
    const seen =
      px > margin && py > margin && px < this.width - margin && py < this.height - margin;
    if (!seen) this.centre = [x, y];
    return !seen;
  }
}

/**
 * Listen to a pointer.  `on` has moved(x, y), left(), clicked(x, y, event), dragged(dx, dy) and
 * zoomed(x, y, factor), all in CSS pixels of the element.
 */
export function listenToPointer(element, on) {
  const down = new Map();
  let start = null;
  const place = (event) => {
    const { left, top } = element.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  element.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    element.setPointerCapture(event.pointerId);
    down.set(event.pointerId, place(event));
    start = down.size === 1 ? place(event) : null;
  });
  element.addEventListener("pointermove", (event) => {
    const here = place(event);
    const before = down.get(event.pointerId);
    if (!before) {
      on.moved(...here);
      return;
    }
    const others = [...down].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    if (others.length) pinched(others[0], before, here);
    else if (!start || Math.hypot(here[0] - start[0], here[1] - start[1]) > CLICK) {
      start = null;
      on.dragged(here[0] - before[0], here[1] - before[1]);
    } else return;
    down.set(event.pointerId, here);
  });
  const pinched = (other, before, here) => {
    const length = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]) || 1;
    const middle = (p) => [(p[0] + other[0]) / 2, (p[1] + other[1]) / 2];
    const [from, to] = [middle(before), middle(here)];
    on.dragged(to[0] - from[0], to[1] - from[1]);
    on.zoomed(...to, length(here) / length(before));
  };
  const released = (event) => {
    const clicked = start && down.has(event.pointerId) && event.type === "pointerup";
    down.delete(event.pointerId);
    if (clicked) on.clicked(...start, event);
    start = null;
  };
  element.addEventListener("pointerup", released);
  element.addEventListener("pointercancel", released);
  element.addEventListener("pointerleave", () => on.left());
  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === 1 ? 20 : 1;
      on.zoomed(...place(event), Math.exp(-0.0016 * unit * event.deltaY));
    },
    { passive: false },
  );
}

/** Round numbers in a range, about so many: for the marks along an axis. */
export function roundNumbers(low, high, about) {
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough);
  const found = [];
  for (let i = Math.ceil(low / step); i * step <= high; i += 1) found.push(i * step);
  const places = Math.max(0, Math.min(12, -Math.floor(Math.log10(step) + 1e-9)));
  return found.map((value) => ({ value, label: value.toFixed(places).replace("-", "\u2212") }));
}
