// Which region each pixel belongs to: a scan conversion of convex polygons.
//
// The picture is filled pixel by pixel and not by the canvas's own polygons, for three reasons.
// Neighbouring polygons that are smoothed one after the other leave seams of background; here a
// pixel belongs to the region that its centre lies in.  A pixel's colour is that of its own value,
// so the colour map need not be linear inside a region.  And the answer to "what is under the
// pointer?" is already there.  Time grows with the pixels, and only a little with the regions.

/** Cut a convex polygon of homogeneous floats (x, y, w) by a x + b y + c w >= 0. */
function cut(polygon, a, b, c) {
  const found = [];
  const height = ([x, y, w]) => a * x + b * y + c * w;
  for (let i = 0; i < polygon.length; i += 1) {
    const before = polygon[(i || polygon.length) - 1];
    const here = polygon[i];
    const [k, h] = [height(before), height(here)];
    if ((h > 0 && k < 0) || (h < 0 && k > 0)) {
      const [p, q] = [Math.abs(h), Math.abs(k)];
      const w = p * before[2] + q * here[2];
      const x = p * before[0] + q * here[0];
      const y = p * before[1] + q * here[1];
      found.push(w > 0 ? [x / w, y / w, 1] : [x, y, 0]);
    }
    if (h >= 0) found.push(here);
  }
  return found;
}

/** The part of a region in a box { left, right, low, high }, as [x, y] in order. */
export function clipped(atlas, region, box) {
  const { left, right, low, high } = box;
  let polygon;
  if (atlas.lines) {
    polygon = [
      [left, low, 1],
      [right, low, 1],
      [right, high, 1],
      [left, high, 1],
    ];
    for (const [start, end] of atlas.regions[region].sides) {
      const [x, y, w, u, v, s] = [...pointOf(atlas, start), ...pointOf(atlas, end)];
      polygon = cut(polygon, y * s - w * v, w * u - x * s, x * v - y * u);
    }
  } else {
    polygon = around(atlas, region);
    for (const row of [
      [1, 0, -left],
      [-1, 0, right],
      [0, 1, -low],
      [0, -1, high],
    ]) {
      polygon = cut(polygon, ...row);
    }
  }
  return polygon.filter(([, , w]) => w > 0);
}

const pointOf = (atlas, i) => [0, 1, 2].map((j) => atlas.points[3 * i + j]);

/** The generators of a region in turn; its last facet may end at infinity. */
function around(atlas, region) {
  const { sides } = atlas.regions[region];
  const found = sides.map(([start]) => pointOf(atlas, start));
  const last = sides[sides.length - 1][1];
  if (last !== sides[0][0]) found.push(pointOf(atlas, last));
  return found;
}

/** The boxes around all regions: left, right, low, high; infinite where a region is unbounded. */
export function extents(atlas) {
  const found = new Float64Array(4 * atlas.size);
  atlas.regions.forEach(({ index, generators }) => {
    const box = [Infinity, -Infinity, Infinity, -Infinity];
    for (const g of generators) {
      const [x, y, w] = pointOf(atlas, g);
      if (!w || atlas.lines) {
        box.splice(0, 4, -Infinity, Infinity, -Infinity, Infinity);
        break;
      }
      box[0] = Math.min(box[0], x);
      box[1] = Math.max(box[1], x);
      box[2] = Math.min(box[2], y);
      box[3] = Math.max(box[3], y);
    }
    found.set(box, 4 * index);
  });
  return found;
}

/** The regions whose boxes meet a box. */
export function visible(boxes, { left, right, low, high }) {
  const found = [];
  for (let i = 0; i < boxes.length; i += 4) {
    if (boxes[i] <= right && boxes[i + 1] >= left && boxes[i + 2] <= high && boxes[i + 3] >= low) {
      found.push(i >> 2);
    }
  }
  return found;
}

export class Raster {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.owner = new Int32Array(width * height);
    this.pixels = new Uint32Array(width * height);
    this.from = new Float64Array(height);
    this.to = new Float64Array(height);
  }

  /** Give each pixel its region plus 1, or 0. `sx`, `ox`, `sy`, `oy`: pixel = s * coordinate + o. */
  fill(atlas, regions, boxes, { sx, ox, sy, oy }, box) {
    this.owner.fill(0);
    for (const region of regions) {
      const inside =
        boxes[4 * region] > box.left - (box.right - box.left) &&
        boxes[4 * region + 1] < box.right + (box.right - box.left) &&
        boxes[4 * region + 2] > box.low - (box.high - box.low) &&
        boxes[4 * region + 3] < box.high + (box.high - box.low);
      if (inside) this.sidesOf(atlas, region, sx, ox, sy, oy);
      else this.polygon(region, clipped(atlas, region, box), sx, ox, sy, oy);
    }
  }

  sidesOf(atlas, region, sx, ox, sy, oy) {
    const { sides } = atlas.regions[region];
    const { points } = atlas;
    this.begin();
    for (const side of sides) {
      const [p, q] = [3 * side[0], 3 * side[1]];
      this.edge(
        sx * points[p] + ox,
        sy * points[p + 1] + oy,
        sx * points[q] + ox,
        sy * points[q + 1] + oy,
      );
    }
    this.end(region);
  }

  polygon(region, corners, sx, ox, sy, oy) {
    if (corners.length < 3) return;
    this.begin();
    corners.forEach(([x, y], i) => {
      const [u, v] = corners[(i + 1) % corners.length];
      this.edge(sx * x + ox, sy * y + oy, sx * u + ox, sy * v + oy);
    });
    this.end(region);
  }

  begin() {
    this.first = this.height;
    this.last = -1;
  }

  /** An edge of a counter-clockwise polygon, y downwards: going down it is on the left. */
  edge(x, y, u, v) {
    const down = y < v;
    // both regions at an edge compute it from the same end, so that they agree on each pixel
    const [x0, y0, x1, y1] = down ? [x, y, u, v] : [u, v, x, y];
    const start = Math.max(Math.ceil(y0 - 0.5), 0);
    const stop = Math.min(Math.ceil(y1 - 0.5) - 1, this.height - 1);
    if (start > stop) return;
    const slope = (x1 - x0) / (y1 - y0);
    const ends = down ? this.from : this.to;
    for (let row = start; row <= stop; row += 1) ends[row] = x0 + (row + 0.5 - y0) * slope;
    if (start < this.first) this.first = start;
    if (stop > this.last) this.last = stop;
  }

  end(region) {
    const { owner, width, from, to } = this;
    for (let row = this.first; row <= this.last; row += 1) {
      const start = Math.max(Math.ceil(from[row] - 0.5), 0);
      const stop = Math.min(Math.ceil(to[row] - 0.5), width);
      if (start < stop) owner.fill(region + 1, row * width + start, row * width + stop);
    }
  }

  /** The region at a pixel, or -1. */
  at(x, y) {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    if (column < 0 || row < 0 || column >= this.width || row >= this.height) return -1;
    return this.owner[row * this.width + column] - 1;
  }
}

/**
 * Colour the raster's pixels.  `paint` is { flat: colour of each region }, or { scale, map, output }
 * for the values of the function; `outside` is the colour where there is no region.
 */
export function colour(raster, atlas, paint, transform, outside) {
  if (paint.flat) {
    const { owner, pixels } = raster;
    for (let i = 0; i < owner.length; i += 1) {
      pixels[i] = owner[i] ? paint.flat[owner[i] - 1] : outside;
    }
  } else colourByValue(raster, atlas, paint, transform, outside);
}

/** As `scale.place` says, written out: this runs once for each pixel of each frame. */
function colourByValue(raster, atlas, { scale, map, output }, { sx, ox, sy, oy }, outside) {
  const { owner, width, height, pixels } = raster;
  const last = map.length - 1;
  const [start, down, up] = [scale.start, scale.down, scale.up].map((part) => part * last);
  const { centre, unit } = scale;
  const per = atlas.outputs.length * 3;
  for (let row = 0, i = 0; row < height; row += 1) {
    const y = (row + 0.5 - oy) / sy;
    for (let column = 0; column < width;) {
      const here = owner[i];
      const at = here ? atlas.regions[here - 1].map * per + 3 * output : 0;
      const slope = atlas.heights[at] / sx;
      const base = atlas.heights[at + 1] * y + atlas.heights[at + 2] - centre - slope * (ox - 0.5);
      for (; column < width && owner[i] === here; column += 1, i += 1) {
        let steps = slope * column + base;
        if (unit !== null) steps = Math.asinh(steps / unit);
        const place = start + steps * (steps < 0 ? down : up) + 0.5;
        pixels[i] = here ? map[place < 0 ? 0 : place > last ? last : place | 0] : outside;
      }
    }
  }
}
