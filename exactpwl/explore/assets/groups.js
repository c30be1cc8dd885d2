// Which regions belong together, and flat colours that differ between neighbours.

import { piecesOf } from "./atlas.js";

/** The members of each group, by the number that regions have under `key` ("linear", "closed"). */
export function membersOf(atlas, key) {
  const found = [];
  atlas.regions.forEach((region) => (found[region[key]] ??= []).push(region.index));
  return found;
}

/**
 * A colour number for each region: equal in a group, different between adjacent groups.
 * The smallest-last order needs at most six colours in the plane (Matula & Beck 1983).
 */
export function adjacentColours(atlas, key) {
  const group = (region) => (key ? atlas.regions[region][key] : region);
  const links = [];
  atlas.regions.forEach(({ index, sides }) => {
    const own = (links[group(index)] ??= new Set());
    sides.forEach(([, , other]) => {
      if (other >= 0 && group(other) !== group(index)) own.add(group(other));
    });
  });
  const colours = new Int32Array(links.length).fill(-1);
  for (const node of smallestLast(links)) {
    const taken = new Set([...links[node]].map((other) => colours[other]));
    let colour = 0;
    while (taken.has(colour)) colour += 1;
    colours[node] = colour;
  }
  return Int32Array.from(atlas.regions, ({ index }) => colours[group(index)]);
}

/** The nodes in the reverse of the order in which nodes of least degree are taken away. */
function smallestLast(links) {
  const degree = links.map((others) => others.size);
  const buckets = [];
  degree.forEach((size, node) => (buckets[size] ??= []).push(node));
  const gone = new Uint8Array(links.length);
  const order = [];
  let least = 0;
  while (order.length < links.length) {
    const node = buckets[least]?.pop();
    if (node === undefined) {
      least += 1;
    } else if (!gone[node] && degree[node] === least) {
      gone[node] = 1;
      order.push(node);
      for (const other of links[node]) {
        if (!gone[other]) {
          degree[other] -= 1;
          (buckets[degree[other]] ??= []).push(other);
          least = Math.min(least, degree[other]);
        }
      }
    }
  }
  return order.reverse();
}

/** For each region how many neurons are not on their first piece, in one layer or (-1) in all. */
export function activeCounts(atlas, layer = -1) {
  return Int32Array.from(atlas.regions, ({ pattern }) =>
    piecesOf(pattern).reduce(
      (sum, pieces, stage) =>
        layer < 0 || stage === layer ? sum + pieces.filter((piece) => piece > 0).length : sum,
      0,
    ),
  );
}

/** For each region the piece of one neuron. */
export function piecesOfNeuron(atlas, layer, neuron) {
  return Int32Array.from(atlas.regions, ({ pattern }) => piecesOf(pattern)[layer][neuron]);
}
