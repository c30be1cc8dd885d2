// The page: what is chosen and pinned, and who is told when it changes.

import { Atlas, readContents } from "./atlas.js";
import { aboutPanel } from "./about_panel.js";
import { comparePanel } from "./compare_panel.js";
import { copy, element, find, Spelling } from "./elements.js";
import { emptyPanel } from "./empty_panel.js";
import { plain, toNumber } from "./exact.js";
import { Graph } from "./graph.js";
import { membersOf } from "./groups.js";
import { helpList, listenToKeys } from "./keys.js";
import { latexRow } from "./latex.js";
import { guessAt, locate, placeInWords, understand } from "./locate.js";
import { colourings, Paints } from "./paints.js";
import { Plan } from "./plan.js";
import { regionPanel } from "./region_panel.js";
import { Surface } from "./surface.js";
import { buildLegend, layerSwitches, paintMenu } from "./controls.js";

const LABELS = ["", "pattern", "number", "map"];
const PANELS = { region: null, compare: comparePanel, empty: emptyPanel, about: aboutPanel };

class App {
  constructor(atlas) {
    this.atlas = atlas;
    this.palettes = PALETTE;
    this.paints = new Paints(atlas);
    this.groups = new Map();
    this.state = {
      colour: "output:0",
      layers: atlas.network.layers.map(() => true),
      level: true,
      labels: atlas.size <= 40 ? "pattern" : "",
      whole: false,
      theme: "",
      tab: "region",
      surface: false,
      hovered: -1,
      pins: [-1, -1],
      walk: null,
      point: null,
      exactPoint: null,
      rows: null,
    };
    find("#controls").open = innerWidth > 860;
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.dark.addEventListener("change", () => this.set({}));
  }

  start() {
    paintMenu(this, colourings(this.atlas));
    layerSwitches(this);
    this.connect();
    this.plan =
      this.atlas.dimension === 2
        ? new Plan(find("#stage"), this.atlas, this)
        : new Graph(find("#stage"), this.atlas, this);
    find("#surface-button").hidden = this.atlas.dimension !== 2;
    this.set({});
    listenToKeys(this);
  }

  connect() {
    const press = (id, action) => find(id).addEventListener("click", action);
    press("#closer", () => this.zoom(1.4));
    press("#farther", () => this.zoom(1 / 1.4));
    press("#fit", () => this.fit());
    press("#surface-button", () => this.toggleSurface());
    press("#theme", () => this.toggleTheme());
    press("#help-button", () => this.help());
    press("#rescale", () => this.rescale());
    find("#whole").addEventListener("change", (event) => this.set({ whole: event.target.checked }));
    find("#level").addEventListener("change", (event) => this.set({ level: event.target.checked }));
    find("#labels").addEventListener("change", (event) => this.set({ labels: event.target.value }));
    find("#search-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.search(find("#search").value);
    });
    document.querySelectorAll("[role=tab]").forEach((tab) => {
      tab.addEventListener("click", () => this.set({ tab: tab.dataset.tab }));
      tab.addEventListener("keydown", (event) => this.turnTab(event));
    });
  }

  turnTab(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const names = Object.keys(PANELS);
    const next = names[(names.indexOf(this.state.tab) + step + names.length) % names.length];
    this.set({ tab: next });
    find(`[data-tab=${next}]`).focus();
  }

  /** How many pixels the open card of controls takes on the left. */
  covered() {
    const card = find("#controls");
    return card.open && innerWidth > 860 ? card.offsetWidth + 24 : 0;
  }

  get night() {
    return this.state.theme ? this.state.theme === "dark" : this.dark.matches;
  }

  /** The colours of the two pinned regions, as in the style sheet. */
  get pinColours() {
    return this.night ? ["#f0609a", "#3fc4aa"] : ["#d81b60", "#0b7f6b"];
  }

  palette() {
    return this.night
      ? { ...this.palettes.dark, ground: "#11151d" }
      : { ...this.palettes.light, ground: "#ffffff" };
  }

  paint(sample) {
    return this.paints.of(this.state.colour, this.palette(), sample);
  }

  members(key) {
    if (!this.groups.has(key)) this.groups.set(key, membersOf(this.atlas, key));
    return this.groups.get(key);
  }

  get spelling() {
    return new Spelling(this.state.whole);
  }

  label(region) {
    if (this.state.labels === "pattern") return this.atlas.regions[region].pattern;
    if (this.state.labels === "number") return `#${region}`;
    return this.atlas.mapText(this.atlas.map(region)).join("; ");
  }

  /** Change what is shown; the picture is made anew only if that changes. */
  set(changes) {
    const tab = changes.tab && changes.tab !== this.state.tab;
    Object.assign(this.state, changes);
    const { theme, surface, whole, level, labels, colour } = this.state;
    document.documentElement.dataset.theme = theme || (this.dark.matches ? "dark" : "light");
    find("#whole").checked = whole;
    find("#level").checked = level;
    find("#labels").value = labels;
    find("#colour").value = colour;
    find("#level-row").hidden = !colour.startsWith("output:");
    find("#surface-button").setAttribute("aria-pressed", surface);
    document
      .querySelectorAll("#layers input")
      .forEach((box, i) => (box.checked = this.state.layers[i]));
    if (tab && this.state.tab !== "empty") this.state.rows = null;
    if (surface) this.surface?.draw();
    this.plan.later();
    this.panel();
    requestAnimationFrame(() => buildLegend(this));
  }

  panel() {
    const { tab, pins, hovered } = this.state;
    document.querySelectorAll("[role=tab]").forEach((button) => {
      const chosen = button.dataset.tab === tab;
      button.setAttribute("aria-selected", chosen);
      button.tabIndex = chosen ? 0 : -1;
      if (chosen) find("#panel").setAttribute("aria-labelledby", button.id);
    });
    const pinned = pins[0] >= 0;
    const panel = find("#panel");
    if (tab === "empty" && panel.dataset.shown?.startsWith("empty")) {
      this.status(); // the list depends on nothing that changes, and keeps what was typed
      return;
    }
    const made = PANELS[tab]?.(this) ?? regionPanel(this, pinned ? pins[0] : hovered, { pinned });
    const kept = panel.dataset.shown === `${tab} ${pins}` ? panel.scrollTop : 0;
    panel.replaceChildren(made);
    panel.dataset.shown = `${tab} ${pins}`;
    panel.scrollTop = kept;
    this.status();
  }

  /** The line under the picture: the region under the pointer, and what the function is there. */
  status() {
    const { hovered, pins, place } = this.state;
    const region = hovered >= 0 ? hovered : pins[0];
    const status = find("#status");
    status.dataset.region = region;
    if (region < 0) {
      status.replaceChildren(element("span", { class: "note" }, "Move over the picture"));
      return;
    }
    const { pattern } = this.atlas.regions[region];
    const map = this.atlas.map(region);
    const k = this.state.colour.startsWith("output:") ? Number(this.state.colour.slice(7)) : 0;
    const at =
      place && hovered >= 0
        ? `(${place
            .map((c) => c.toPrecision(4))
            .join(", ")
            .replace(/-/g, "\u2212")})`
        : "";
    status.replaceChildren(
      element("strong", {}, `#${region}`),
      element(
        "code",
        { class: "status-pattern" },
        pattern.length > 40 ? `${pattern.slice(0, 38)}\u2026` : pattern,
      ),
      element(
        "span",
        { class: "status-map" },
        this.spelling.equation(this.atlas.outputs[k], map.weight[k], map.bias[k], this.atlas.names),
      ),
      element("span", { class: "status-place" }, at),
    );
  }

  marks() {
    this.plan.mark();
    if (this.state.surface) this.surface.mark();
  }

  hover(region, place, fromPanel = false) {
    this.state.place = place;
    if (region === this.state.hovered) {
      this.status();
      return;
    }
    this.state.hovered = region;
    this.marks();
    const kept = fromPanel || this.state.pins[0] >= 0 || this.state.tab !== "region";
    this.hovering ??= requestAnimationFrame(() => {
      this.hovering = null;
      if (kept) this.status();
      else this.panel();
    });
  }

  click(region, event) {
    find("#stage").focus({ preventScroll: true });
    if (region < 0) return;
    if (event.shiftKey) this.pinSecond(region);
    else this.pin(region);
  }

  /** Pin a region; whatever was asked for before is forgotten. */
  pin(region, changes = {}) {
    const second = region === this.state.pins[1] ? -1 : this.state.pins[1];
    this.state.point = this.state.exactPoint = null;
    Object.assign(this.state, { pins: [region, second], ...changes });
    this.pinned(
      this.state.tab === "region" || (this.state.tab === "compare" && second >= 0)
        ? this.state.tab
        : "region",
    );
  }

  pinSecond(region) {
    const [first] = this.state.pins;
    if (first < 0) {
      this.pin(region);
      return;
    }
    this.state.pins = [first, region === first ? -1 : region];
    this.pinned("compare");
  }

  pinned(tab) {
    const [first, second] = this.state.pins;
    this.state.walk = second >= 0 ? this.atlas.walk(first, second) : null;
    this.state.rows = null;
    this.state.tab = tab;
    this.panel();
    this.marks();
    this.say(
      first < 0
        ? "No region is pinned"
        : `Region ${first}, pattern ${this.atlas.regions[first].pattern}`,
    );
  }

  unpin() {
    Object.assign(this.state, { pins: [-1, -1], point: null, exactPoint: null });
    this.pinned(this.state.tab === "compare" ? "region" : this.state.tab);
  }

  pinHovered() {
    if (this.state.hovered >= 0) this.pin(this.state.hovered);
  }

  pinHoveredSecond() {
    if (this.state.hovered >= 0) this.pinSecond(this.state.hovered);
  }

  swap() {
    this.state.pins.reverse();
    this.pinned("compare");
  }

  walkTo(region) {
    this.state.hovered = -1;
    this.pin(region);
    this.fly(region);
    find(".facet")?.focus({ preventScroll: true });
  }

  fly(region) {
    this.plan.show(region);
    if (this.state.surface && !this.surface.corners.has(region)) this.surface.draw();
  }

  /** Walk to the neighbour whose direction is nearest to an arrow. */
  step(dx, dy) {
    const [first] = this.state.pins;
    if (first < 0) {
      const { width, height } = this.plan.view;
      const middle = this.plan.pick(width / 2, height / 2);
      this.pin(middle >= 0 ? middle : 0);
      return;
    }
    const here = this.plan.placeOf(first);
    const aims = this.atlas.neighbours(first).map((other) => {
      const there = this.plan.placeOf(other);
      const way = here.map((c, i) => there[i] - c);
      return { other, aim: (way[0] * dx + (way[1] ?? 0) * dy) / (Math.hypot(...way) || 1) };
    });
    const best = aims.reduce((a, b) => (b.aim > a.aim ? b : a), { aim: 0.05 });
    if (best.other === undefined) return;
    this.pin(best.other);
    this.fly(best.other);
  }

  next(step) {
    const from = this.state.pins[0];
    const region = from < 0 ? 0 : (from + step + this.atlas.size) % this.atlas.size;
    this.pin(region);
    this.fly(region);
  }

  /** Go where a query says. */
  search(text) {
    const answer = find("#answer");
    const understood = understand(this.atlas, text);
    answer.className = understood.problem ? "problem" : "";
    if (understood.problem) {
      answer.textContent = understood.problem.startsWith("a point")
        ? `Type ${understood.problem}.`
        : `${understood.problem[0].toUpperCase()}${understood.problem.slice(1)}.`;
      return;
    }
    if (understood.region !== undefined) {
      answer.textContent = "";
      this.pin(understood.region, { tab: "region" });
      this.fly(understood.region);
      return;
    }
    const { point } = understood;
    const location = locate(this.atlas, point, guessAt(this.atlas, point));
    const written = point.map(plain).join(", ").replace(/-/g, "\u2212");
    answer.textContent = `${point.length > 1 ? `(${written})` : written} is ${placeInWords(this.atlas, location)}.`;
    if (!location.regions.length) return;
    const place = point.map(({ n, d }) => toNumber(n, d));
    this.pin(location.regions[0], { point: place, exactPoint: point, tab: "region" });
    this.plan.show(location.regions[0], place);
    if (this.state.surface) this.surface.draw();
  }

  showRows(rows, item) {
    const shown = item.querySelector("[aria-pressed=true]");
    document
      .querySelectorAll("[aria-pressed=true].empty-item")
      .forEach((other) => other.setAttribute("aria-pressed", "false"));
    this.state.rows = shown ? null : rows;
    if (!shown) item.querySelector(".empty-item").setAttribute("aria-pressed", "true");
    this.marks();
  }

  zoom(factor) {
    const { view } = this.plan;
    if (this.state.surface) this.surface.zoom(factor);
    else this.plan.change(() => view.zoomAt(view.width / 2, view.height / 2, factor));
  }

  pan(dx, dy) {
    if (this.state.surface) {
      this.surface.turn(dx, dy);
      return;
    }
    this.plan.change(() => this.plan.view.panBy(-80 * dx, 80 * dy));
  }

  fit() {
    if (this.state.surface) this.surface.home();
    else this.plan.fit();
  }

  /** Choose the scale of the colours for what is seen now. */
  rescale() {
    const { left, right, low, high } = this.plan.view.box();
    const { view } = this.plan;
    const window = view.window;
    view.window = [
      [left, right],
      [low, high],
    ];
    this.paints.forgetScales();
    this.plan.draw();
    view.window = window;
    this.set({});
  }

  nextColour() {
    const options = [...find("#colour").options]
      .map(({ value }) => value)
      .filter((value) => !value.startsWith("neuron"));
    this.set({ colour: options[(options.indexOf(this.state.colour) + 1) % options.length] });
  }

  nextLabels() {
    this.set({ labels: LABELS[(LABELS.indexOf(this.state.labels) + 1) % LABELS.length] });
  }

  toggleLayer(layer) {
    if (layer >= this.state.layers.length) return;
    this.set({ layers: this.state.layers.map((shown, i) => (i === layer ? !shown : shown)) });
  }

  toggleTheme() {
    this.set({ theme: document.documentElement.dataset.theme === "dark" ? "light" : "dark" });
  }

  toggleSurface() {
    if (this.atlas.dimension !== 2) return;
    const surface = !this.state.surface;
    if (!this.surface && !document.createElement("canvas").getContext("webgl2")) {
      this.say("The surface needs WebGL 2, which this browser does not offer.", true);
      return;
    }
    this.surface ??= new Surface(find("#stage"), this.atlas, this, this.plan);
    find("#surface").hidden = !surface;
    find("#marks").hidden = find("#picture").hidden = surface;
    this.set({ surface });
  }

  row(region) {
    return latexRow(this.atlas, region);
  }

  async copyRow() {
    const region = this.state.pins[0] >= 0 ? this.state.pins[0] : this.state.hovered;
    if (region < 0) return;
    const done = await copy(this.row(region));
    this.say(
      done ? `Region #${region} is copied as a row of LaTeX.` : "It could not be copied.",
      true,
    );
  }

  help() {
    const dialog = find("#help");
    find("#help-keys").replaceChildren(helpList(this));
    dialog.showModal();
  }

  /** Tell a person who listens; and, if it matters, one who looks. */
  say(text, visibly = false) {
    find("#told").textContent = text;
    if (!visibly) return;
    const toast = find("#toast");
    toast.textContent = text;
    toast.classList.add("shown");
    clearTimeout(this.told);
    this.told = setTimeout(() => toast.classList.remove("shown"), 2600);
  }
}

/** Start when the contents are read; the page's own object, for the console and for tests. */
async function start() {
  const started = performance.now();
  try {
    const atlas = new Atlas(await readContents(find("#contents").textContent));
    window.explore = new App(atlas);
    window.explore.start();
    window.explore.startedIn = performance.now() - started;
    document.body.dataset.ready = "yes";
  } catch (error) {
    find("#panel").textContent =
      `This page could not be started: ${error.message}. It needs a browser of 2023 or later.`;
    throw error;
  }
}

start();
