// The keyboard: every key, what it does, and the list of them that `?` shows.

import { element, find } from "./elements.js";

/** [keys, what they do, action]; the first key is shown. */
export function shortcuts(app) {
  const turn = (dx, dy) => (event) => (event.shiftKey ? app.pan(dx, dy) : app.step(dx, dy));
  return [
    [
      ["\u2190", "ArrowLeft"],
      "walk to the neighbour on the left (Shift: move the picture, or turn the surface)",
      turn(-1, 0),
    ],
    [["\u2192", "ArrowRight"], "to the right", turn(1, 0)],
    [["\u2191", "ArrowUp"], "upwards", turn(0, 1)],
    [["\u2193", "ArrowDown"], "downwards", turn(0, -1)],
    [["Enter"], "pin the region under the pointer", () => app.pinHovered()],
    [["B", "b"], "pin it as the second one, to compare", () => app.pinHoveredSecond()],
    [["Esc", "Escape"], "let the pinned regions go", () => app.unpin()],
    [["N", "n"], "the next region, by number", () => app.next(1)],
    [["P", "p"], "the one before", () => app.next(-1)],
    [["/"], "type a point, a pattern or a number of a region", () => find("#search").focus()],
    [["+", "="], "closer", () => app.zoom(1.4)],
    [["\u2212", "-", "_"], "farther", () => app.zoom(1 / 1.4)],
    [["0", "f"], "the whole window", () => app.fit()],
    [["C", "c"], "the next colouring", () => app.nextColour()],
    [
      ["1 \u2026 9", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
      "show or hide the boundaries of a layer",
      (event) => app.toggleLayer(Number(event.key) - 1),
    ],
    [
      ["Z", "z"],
      "show or hide the line where the output is 0",
      () => app.set({ level: !app.state.level }),
    ],
    [["L", "l"], "write something into the regions: pattern, number, map", () => app.nextLabels()],
    [["S", "s"], "plan or surface", () => app.toggleSurface()],
    [["E", "e"], "long numbers: rounded or in full", () => app.set({ whole: !app.state.whole })],
    [["X", "x"], "copy the region as a row of LaTeX", () => app.copyRow()],
    [["D", "d"], "day or night", () => app.toggleTheme()],
    [["?"], "this list", () => app.help()],
  ];
}

const MOVES = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Enter"]);

export function listenToKeys(app) {
  const actions = new Map(
    shortcuts(app).flatMap(([keys, , action]) => keys.map((key) => [key, action])),
  );
  document.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || find("#help").open) return;
    if (at.matches("input[type=search], select, textarea")) {
      if (event.key === "Escape") find("#stage").focus();
      return;
    }
    const onPicture = at === document.body || at.id === "stage" || at.tagName === "CANVAS";
    if (MOVES.has(event.key) && !onPicture) return; // a button has Enter, a panel scrolls
    const action = actions.get(event.key);
    if (!action) return;
    event.preventDefault();
    action(event);
  });
}

export function helpList(app) {
  return element(
    "dl",
    { class: "keys" },
    shortcuts(app).map(([[key], text]) =>
      element("div", {}, element("dt", {}, element("kbd", {}, key)), element("dd", {}, text)),
    ),
    element(
      "div",
      {},
      element("dt", {}, "drag, wheel, pinch"),
      element("dd", {}, "move the picture, closer, farther"),
    ),
    element(
      "div",
      {},
      element("dt", {}, element("kbd", {}, "Shift"), "+click"),
      element("dd", {}, "pin a second region, to compare"),
    ),
  );
}
