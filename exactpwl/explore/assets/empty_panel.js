// The patterns that no point has, each with a sum of its inequalities that is false.

import { toNumber } from "./exact.js";
import { copyButton, counted, element } from "./elements.js";

const MOST = 200;

export function emptyPanel(app) {
  const { empty } = app.atlas;
  if (!empty.blocks) {
    return element(
      "div",
      { class: "welcome" },
      element("p", { class: "big" }, "Too many patterns to list."),
      element(
        "p",
        {},
        `This network has ${powerName(empty.total)} patterns and ${counted(app.atlas.size, "activation region")}. Of a network with at most 1,024 patterns the empty ones are listed here, each with its proof.`,
      ),
    );
  }
  const { counts } = empty;
  const list = element("ul", { class: "empty-list" });
  const input = element("input", {
    type: "search",
    id: "empty-search",
    placeholder: "Filter, such as 01",
    "aria-label": "Filter the empty patterns",
    autocomplete: "off",
    spellcheck: "false",
  });
  const show = () => {
    const wanted = input.value.replace(/\s/g, "");
    const found = empty.blocks.filter(
      ({ pattern, proof }) => fits(pattern, wanted) || proof.includes(input.value),
    );
    list.replaceChildren(...found.slice(0, MOST).map((block) => item(app, block)));
    if (!found.length) list.append(element("li", { class: "note" }, "None."));
  };
  input.addEventListener("input", show);
  show();
  const thin = counts.thin ? `, ${counted(counts.thin, "pattern")} without interior` : "";
  return element(
    "div",
    { class: "empty" },
    element(
      "p",
      {},
      `Of ${empty.total} patterns ${counts.proper} ${counts.proper === 1 ? "has" : "have"} a region and ${counts.empty} ${counts.empty === 1 ? "has" : "have"} no point at all${thin}. A star stands for any piece. The sum that stands with a pattern adds up its own inequalities to a false statement: a Farkas certificate.`,
    ),
    empty.blocks.length > 5 ? input : null,
    list,
  );
}

function item(app, block) {
  const made = element(
    "li",
    {},
    element(
      "button",
      {
        class: "empty-item",
        type: "button",
        "data-pattern": block.pattern,
        "aria-pressed": "false",
        title: "Draw the lines of these inequalities",
        onclick: () => app.showRows(block.rows.map(floats), made),
      },
      element(
        "span",
        { class: "empty-pattern" },
        block.pattern,
        block.count > 1 ? element("span", { class: "count" }, ` ${block.count} patterns`) : null,
      ),
      element("span", { class: "proof" }, readable(block.proof)),
    ),
    copyButton("LaTeX", () => block.latex),
  );
  return made;
}

const readable = (text) =>
  text
    .replace(/>=/g, "\u2265")
    .replace(/<=/g, "\u2264")
    .replace(/-/g, "\u2212")
    .replace(/\*/g, "\u00b7")
    .replace(" gives ", "  \u27f9  ");

const floats = (text) =>
  text.split(" ").map((entry) => {
    const [n, d = "1"] = entry.split("/");
    return toNumber(BigInt(n), BigInt(d));
  });

/** Whether a pattern with stars begins with, or contains, what was typed; a star is any piece. */
function fits(pattern, wanted) {
  if (!wanted) return true;
  const plain = pattern.replace(/\|/g, "");
  const asked = wanted.replace(/\|/g, "");
  return [...asked].every((piece, i) => plain[i] === "*" || plain[i] === piece);
}

function powerName(total) {
  const value = BigInt(total);
  const power = value.toString(2).length - 1;
  return value === 1n << BigInt(power) && power > 20 ? `2^${power}` : total;
}
