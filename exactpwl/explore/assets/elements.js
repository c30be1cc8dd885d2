// Elements of the page: made by one function, and numbers as a person reads them.

import { affineText, decimal, digits, divide, plain, solved, terms } from "./exact.js";

/** Make an element: `element("p", { class: "note", onclick: f }, "text", other)`. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined)
      made.setAttribute(name, value);
  }
  made.append(
    ...children
      .flat(Infinity)
      .filter((child) => child !== null && child !== undefined && child !== false),
  );
  return made;
}

export const find = (selector) => document.querySelector(selector);

/** How numbers are shown: exactly, or long ones rounded with a sign that says so. */
export class Spelling {
  constructor(whole = false, longest = 12) {
    Object.assign(this, { whole, longest });
  }

  isLong(value) {
    return !this.whole && digits(value) > this.longest;
  }

  /** A non-negative ratio, or any, as an element; its text is the number. */
  number(value, { joined = false } = {}) {
    if (this.isLong(value)) {
      const text = decimal(value).replace("-", "\u2212");
      return element(
        "span",
        { class: "rounded", title: plain(value).length > 600 ? "" : plain(value) },
        joined ? text : `\u2248\u202f${text}`,
      );
    }
    const sign = value.n < 0n ? "\u2212" : "";
    const size = value.n < 0n ? { n: -value.n, d: value.d } : value;
    if (size.d === 1n) return element("span", { class: "number" }, `${sign}${size.n}`);
    const short = digits(size) <= 10;
    return element(
      "span",
      { class: "number" },
      sign,
      short
        ? element(
            "span",
            { class: "fraction" },
            element("span", {}, `${size.n}`),
            element("span", { class: "slash" }, "/"),
            element("span", {}, `${size.d}`),
          )
        : `${size.n}/${size.d}`,
    );
  }

  /** An affine function; nothing says here that it is rounded. */
  affine(coefficients, constant, names) {
    const made = element("span", { class: "formula" });
    terms(coefficients, constant, names).forEach(({ sign, size, name }, i) => {
      const alone = name && size.n === 1n && size.d === 1n;
      made.append(sign < 0 ? (i ? " \u2212 " : "\u2212") : i ? " + " : "");
      if (!alone) made.append(this.number(size, { joined: true }));
      if (name) made.append(alone || size.d === 1n ? "" : "\u2009", variable(name));
    });
    return made;
  }

  /** A name, "=" or a sign that it is rounded, and an affine function. */
  equation(name, coefficients, constant, names) {
    const rounded = [...coefficients, constant].some((value) => this.isLong(value));
    const left = typeof name === "string" ? variable(name) : name;
    return element(
      "span",
      { class: "formula" },
      left,
      rounded ? " \u2248 " : " = ",
      this.affine(coefficients, constant, names),
    );
  }

  /** An inequality, solved; with long numbers its first coefficient is 1. */
  inequality(row, names) {
    let { left, relation, right } = solved(row);
    let about = null;
    if ([...left, right].some((value) => this.isLong(value))) {
      const leading = left.find(({ n }) => n !== 0n);
      [left, right] = [left.map((value) => divide(value, leading)), divide(right, leading)];
      about = element("span", { class: "about" }, "\u2248 ");
    }
    const side = this.affine(left, { n: 0n, d: 1n }, names);
    return element(
      "span",
      { class: "formula" },
      about,
      side,
      relation === ">=" ? " \u2265 " : " \u2264 ",
      this.number(right, { joined: true }),
    );
  }

  /** A point; if one entry is rounded, all are that are not short. */
  point(point) {
    if (point.length === 1) return this.number(point[0]);
    const rounded = point.some((entry) => this.isLong(entry));
    return element(
      "span",
      { class: "formula" },
      rounded ? element("span", { class: "about" }, "\u2248 ") : null,
      this.argument(point, rounded),
    );
  }

  argument(point, rounded = point.some((entry) => this.isLong(entry))) {
    const spelling = rounded ? new Spelling(false, 5) : this;
    const entries = point.flatMap((entry, i) => [
      i ? ", " : "",
      spelling.number(entry, { joined: true }),
    ]);
    return element("span", { class: "formula" }, "(", ...entries, ")");
  }
}

export function variable(name) {
  const [, letter, index] = /^([a-z]+)(.*)$/.exec(name);
  return element("var", {}, letter, index ? element("sub", {}, index) : null);
}

/** A pattern, a small cell for each neuron; a given set of places is marked. */
export function patternCells(atlas, region, marked = new Set()) {
  const { pattern, vanishing = [] } = atlas.regions[region];
  const zero = new Set(vanishing.map((kink) => atlas.network.kinks[kink].slice(0, 2).join(":")));
  const layers = pattern.split("|").map((text, stage) => {
    const pieces = text.match(/\d|\(\d+\)/g) ?? [];
    const cells = pieces.map((piece, neuron) => {
      const name = atlas.network.layers[stage].neurons[neuron];
      const classes = ["cell", piece === "0" ? "off" : "on"];
      if (marked.has(`${stage}:${neuron}`)) classes.push("marked");
      const vanishes = zero.has(`${stage}:${neuron}`);
      if (vanishes) classes.push("zero");
      return element(
        "span",
        {
          class: classes.join(" "),
          title: `${name}: piece ${piece}${vanishes ? ", vanishes identically" : ""}`,
        },
        piece,
      );
    });
    const dense = pieces.length > 24 ? " dense" : "";
    return [
      stage ? element("span", { class: `bar${dense}` }, "|") : null,
      element("span", { class: `layer${dense}` }, cells),
    ];
  });
  return element("div", { class: "pattern", translate: "no" }, layers);
}

/** A button that copies a text and says that it did. */
export function copyButton(label, text, key = null) {
  const made = element(
    "button",
    { class: "quiet", type: "button", title: key ? `Copy (${key})` : "Copy" },
    label,
  );
  made.addEventListener("click", async () => {
    const copied = await copy(text());
    made.textContent = copied ? "Copied" : "Not copied";
    setTimeout(() => (made.textContent = label), 1400);
  });
  return made;
}

/** Put a text on the clipboard; a page from a disk may have to ask the old way. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = element("textarea", { class: "copied" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

export const mapLines = (atlas, map) =>
  atlas.outputs.map(
    (name, k) => `${name} = ${affineText(map.weight[k], map.bias[k], atlas.names)}`,
  );

export const counted = (number, noun) =>
  `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
