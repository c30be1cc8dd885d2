// The card of controls over the picture: colouring, legend, boundaries of layers.

import { layerStyles } from "./colours.js";
import { element, find } from "./elements.js";

export function paintMenu(app, groups) {
  const menu = find("#colour");
  menu.replaceChildren(
    ...groups.map(({ group, options }) =>
      element(
        "optgroup",
        { label: group },
        options.map(({ value, label }) => element("option", { value }, label)),
      ),
    ),
  );
  menu.addEventListener("change", () => app.set({ colour: menu.value }));
}

export function layerSwitches(app) {
  const { layers } = app.atlas.network;
  find("#layers").hidden = !layers.length;
  find("#layers div").replaceChildren(
    ...layers.map((_, i) =>
      element(
        "label",
        { class: "switch", title: `Boundaries of layer ${i + 1} (${i + 1})` },
        element("input", {
          type: "checkbox",
          checked: true,
          "data-layer": i,
          onchange: () => app.toggleLayer(i),
        }),
        element("canvas", { width: 44, height: 16, class: "stroke", "data-stroke": i }),
        element("span", {}, `Layer ${i + 1}`),
      ),
    ),
  );
}

/** Show what the colours mean, and how each layer's boundaries look. */
export function buildLegend(app) {
  const { legend } = app.paint((output) => app.plan.sample(output));
  const box = find("#legend");
  if (legend.bar) box.replaceChildren(bar(legend));
  else if (legend.swatches) box.replaceChildren(swatches(legend.swatches));
  else box.replaceChildren(element("p", { class: "note" }, legend.note));
  find("#rescale").hidden = !legend.bar;
  strokes(app);
}

function bar({ bar: colourAt, ticks, bent }) {
  const canvas = element("canvas", { width: 240, height: 10, class: "bar" });
  const context = canvas.getContext("2d");
  for (let x = 0; x < 240; x += 1) {
    context.fillStyle = colourAt(x / 239);
    context.fillRect(x, 0, 1, 10);
  }
  const labels = [ticks[0], ticks[2], ticks[4]].map(({ value }) =>
    element("span", {}, short(value)),
  );
  return element(
    "div",
    { class: "colour-bar" },
    canvas,
    element("div", { class: "ticks" }, labels),
    bent ? element("p", { class: "note" }, "steps grow with the distance from the middle") : null,
  );
}

const short = (value) => {
  const text = Math.abs(value) < 1e-12 ? "0" : Number(value.toPrecision(3)).toString();
  return text.replace("-", "\u2212").replace("e+", "e");
};

function swatches(items) {
  const every = Math.ceil(items.length / 12);
  return element(
    "div",
    { class: "swatches" },
    items
      .filter((_, i) => i % every === 0 || i === items.length - 1)
      .map(({ colour, label }) => {
        const square = element("span", { class: "swatch" });
        square.style.background = colour;
        return element("span", {}, square, label);
      }),
  );
}

function strokes(app) {
  const styles = layerStyles(app.palette(), app.state.layers.length, app.plan.shown?.length ?? 1);
  document.querySelectorAll("[data-stroke]").forEach((canvas, i) => {
    const context = canvas.getContext("2d");
    context.clearRect(0, 0, 44, 16);
    context.strokeStyle = styles[i].colour;
    context.lineWidth = Math.max(2 * styles[i].width, 0.7);
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(4, 8);
    context.lineTo(40, 8);
    context.stroke();
  });
}
