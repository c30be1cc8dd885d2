// From what a person types to a region: a point, a pattern, or the number of a region.
//
// A point is located exactly.  A float guess says where to begin; then regions are tested in
// integers, neighbours first.  The regions that contain a point are connected across facets (in a
// convex domain), so all of them are found from the first one.

import { parseRatio, toNumber } from "./exact.js";

/**
 * Understand a query: { point }, { region }, or { problem } with a sentence.
 * A point is a list of ratios, with commas or spaces between, in parentheses or not.
 */
export function understand(atlas, text) {
  const query = text.trim();
  const number = /^#\s*(\d+)$/.exec(query);
  if (number) return known(atlas, Number(number[1]), `there is no region #${number[1]}`);
  const pattern = query.replace(/\s+/g, "");
  const isNumber = atlas.dimension === 1 && /^(0|[1-9]\d*)$/.test(pattern); // 11 is a point there
  if (atlas.byPattern.has(pattern) && !isNumber) return { region: atlas.byPattern.get(pattern) };
  const parts = query
    .replace(/^\((.*)\)$/, "$1")
    .split(/[,;]\s*|\s+/)
    .filter(Boolean);
  const point = parts.map(parseRatio);
  if (point.every(Boolean) && point.length === atlas.dimension) return { point };
  if (/^[\d|]+$/.test(pattern) && parts.length === 1) {
    return { problem: `no region has the pattern ${pattern}` };
  }
  const example = atlas.dimension === 2 ? "1/3, -2" : "1/3";
  return {
    problem: `a point such as ${example}, a pattern such as ${atlas.regions[0].pattern}, or a region such as #0`,
  };
}

function known(atlas, region, problem) {
  return region < atlas.size
    ? { region }
    : { problem: `${problem}: they are #0 to #${atlas.size - 1}` };
}

/**
 * Where a point lies: { regions, inside }, with all regions that contain it, in order.
 * There are none if it is outside the domain; `inside` says that it is in the interior of one.
 */
export function locate(atlas, point, guess = 0) {
  const vector = homogeneous(point);
  const first = search(atlas, vector, guess);
  if (first < 0) return { regions: [], inside: false };
  if (atlas.side(first, vector) > 0) return { regions: [first], inside: true };
  const found = new Set([first]);
  for (const region of found) {
    for (const other of atlas.neighbours(region)) {
      if (!found.has(other) && atlas.side(other, vector) >= 0) found.add(other);
    }
  }
  return { regions: [...found].sort((a, b) => a - b), inside: false };
}

/** Test regions from a guess outwards until one contains the point. */
function search(atlas, vector, guess) {
  const seen = new Uint8Array(atlas.size);
  const queue = [guess];
  seen[guess] = 1;
  for (let i = 0; i < queue.length; i += 1) {
    if (atlas.side(queue[i], vector) >= 0) return queue[i];
    for (const other of atlas.neighbours(queue[i])) {
      if (!seen[other]) {
        seen[other] = 1;
        queue.push(other);
      }
    }
  }
  return -1;
}

function homogeneous(point) {
  const t = point.reduce((product, { d }) => product * d, 1n);
  return [...point.map(({ n, d }) => n * (t / d)), t];
}

/** The region that a float guess of the place gives: that whose vertex is nearest. */
export function guessAt(atlas, point) {
  const place = point.map(({ n, d }) => toNumber(n, d));
  const width = atlas.dimension + 1;
  let best = 0;
  let least = Infinity;
  for (const { index, generators } of atlas.regions) {
    let sum = 0;
    let count = 0;
    for (const g of generators) {
      if (atlas.points[g * width + width - 1]) {
        let distance = 0;
        for (let j = 0; j < width - 1; j += 1)
          distance += (atlas.points[g * width + j] - place[j]) ** 2;
        sum += distance;
        count += 1;
      }
    }
    if (sum / count < least) {
      least = sum / count;
      best = index;
    }
  }
  return best;
}

/** What a location says in words. */
export function placeInWords(atlas, { regions, inside }) {
  if (!regions.length) return "outside the domain";
  const listed = regions
    .slice(0, 6)
    .map((region) => `#${region}`)
    .join(", ");
  if (inside) return `inside region ${listed}`;
  if (regions.length === 1) return `on the boundary of the domain, of region ${listed}`;
  const more = regions.length > 6 ? ", ..." : "";
  const kind =
    atlas.dimension === 1 ? "a breakpoint" : regions.length === 2 ? "the boundary" : "a vertex";
  return `on ${kind} of ${regions.length} regions: ${listed}${more}`;
}
