// Rational numbers and affine functions in integers without bounds (BigInt).
//
// A ratio is { n, d } with d > 0 and no common factor.  Nothing here is rounded but `toNumber`,
// which serves the drawing.  Functions are spelled as exactpwl's tables spell them: "x+2y-1/2".

/** Read an integer, decimal or hexadecimal, with or without a sign. */
export function integer(text) {
  return text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);
}

export function gcd(a, b) {
  if (a < 0n) a = -a;
  if (b < 0n) b = -b;
  while (b) [a, b] = [b, a % b];
  return a;
}

export function ratio(n, d = 1n) {
  if (d < 0n) [n, d] = [-n, -d];
  const common = gcd(n, d);
  return common > 1n ? { n: n / common, d: d / common } : { n, d };
}

export const add = (a, b) => ratio(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a, b) => ratio(a.n * b.d - b.n * a.d, a.d * b.d);
export const divide = (a, b) => ratio(a.n * b.d, a.d * b.n);
export const isZero = (a) => a.n === 0n;

/** Read "1/3", "-2", "0.25" or "1e-3" exactly; null where the text spells no number. */
export function parseRatio(text) {
  const found = /^([+-]?)(\d+)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?(?:\/(\d+))?$/i.exec(
    text
      .trim()
      .replace(/\u2212/g, "-")
      .replace(/^([+-]?)\./, "$10."),
  );
  if (!found) return null;
  const [, sign, whole, decimals = "", exponent = "0", below = "1"] = found;
  if (below !== "1" && found[5] && (decimals || found[4])) return null;
  let n = BigInt(whole + decimals);
  let d = BigInt(below);
  if (d === 0n) return null;
  const power = Number(exponent) - decimals.length;
  if (power >= 0) n *= 10n ** BigInt(power);
  else d *= 10n ** BigInt(-power);
  return ratio(sign === "-" ? -n : n, d);
}

/** The divisor of all entries of a vector taken out. */
export function primitive(vector) {
  const common = vector.reduce(gcd, 0n);
  return common > 1n ? vector.map((entry) => entry / common) : vector;
}

export const dot = (u, v) => u.reduce((sum, entry, i) => sum + entry * v[i], 0n);

export const cross = (u, v) => [
  u[1] * v[2] - u[2] * v[1],
  u[2] * v[0] - u[0] * v[2],
  u[0] * v[1] - u[1] * v[0],
];

/** The float nearest to n/d, whatever their sizes. */
export function toNumber(n, d = 1n) {
  const quick = Number(n) / Number(d);
  if (Number.isFinite(quick) && (quick !== 0 || n === 0n)) return quick;
  const shift = bits(n) - bits(d) - 64;
  const scaled = shift >= 0 ? n / (d << BigInt(shift)) : (n << BigInt(-shift)) / d;
  return Number(scaled) * 2 ** shift;
}

function bits(n) {
  return (n < 0n ? -n : n).toString(16).length * 4;
}

/** "p/q", or "p" for an integer. */
export const plain = ({ n, d }) => (d === 1n ? `${n}` : `${n}/${d}`);

/** LaTeX, a fraction with \tfrac. */
export function latexNumber({ n, d }) {
  const size = n < 0n ? -n : n;
  return (n < 0n ? "-" : "") + (d === 1n ? `${size}` : `\\tfrac{${size}}{${d}}`);
}

/** How many digits numerator and denominator have together. */
export const digits = ({ n, d }) => `${n < 0n ? -n : n}`.length + (d === 1n ? 0 : `${d}`.length);

/** A decimal of so many significant digits, by integer division: "-0.3333", "1.25e-9". */
export function decimal({ n, d }, figures = 5) {
  if (n === 0n) return "0";
  const sign = n < 0n ? "-" : "";
  const size = n < 0n ? -n : n;
  let exponent = `${size}`.length - `${d}`.length;
  if (exponent >= 0 ? size < d * 10n ** BigInt(exponent) : size * 10n ** BigInt(-exponent) < d) {
    exponent -= 1;
  }
  const shift = figures - 1 - exponent;
  const [top, bottom] =
    shift >= 0 ? [size * 10n ** BigInt(shift), d] : [size, d * 10n ** BigInt(-shift)];
  let mantissa = `${(2n * top + bottom) / (2n * bottom)}`;
  if (mantissa.length > figures) {
    mantissa = mantissa.slice(0, figures);
    exponent += 1;
  }
  return sign + placed(mantissa, exponent);
}

function placed(mantissa, exponent) {
  if (exponent < -5 || exponent > 14) {
    const rest = mantissa.slice(1).replace(/0+$/, "");
    return `${mantissa[0]}${rest && `.${rest}`}e${exponent}`;
  }
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${mantissa}`.replace(/0+$/, "");
  const padded = mantissa.padEnd(exponent + 1, "0");
  const rest = padded.slice(exponent + 1).replace(/0+$/, "");
  return padded.slice(0, exponent + 1) + (rest && `.${rest}`);
}

/**
 * The terms of an affine function, in order, zeros left out; the zero function is one term.
 * Each is { sign, size, name } with a non-negative ratio as its size.
 */
export function terms(coefficients, constant, names) {
  const found = coefficients
    .map((value, i) => ({ value, name: names[i] }))
    .filter(({ value }) => !isZero(value));
  if (!isZero(constant) || !found.length) found.push({ value: constant, name: "" });
  return found.map(({ value, name }) => ({
    sign: value.n < 0n ? -1 : 1,
    size: value.n < 0n ? { n: -value.n, d: value.d } : value,
    name,
  }));
}

/** An affine function as text; `spell` writes a non-negative ratio, `named` a variable. */
export function affineText(coefficients, constant, names, spell = plain, named = (name) => name) {
  const written = terms(coefficients, constant, names).map(({ sign, size, name }) => {
    const alone = size.n === 1n && size.d === 1n;
    let text = !name ? spell(size) : alone ? named(name) : `${spell(size)}${named(name)}`;
    if (name && !alone && spell === plain && size.d !== 1n) text = `(${plain(size)})${name}`;
    return (sign < 0 ? "-" : "+") + text;
  });
  return written.join("").replace(/^\+/, "");
}

/**
 * An inequality row . (x, 1) >= 0 solved for reading: variables left, first coefficient positive;
 * with one variable it is a bound.
 */
export function solved(row) {
  const normal = row.slice(0, -1);
  const leading = normal.find((entry) => entry !== 0n);
  const sign = leading > 0n ? 1n : -1n;
  const alone = normal.filter((entry) => entry !== 0n).length === 1;
  const scale = alone ? leading * sign : 1n;
  return {
    left: normal.map((entry) => ratio(sign * entry, scale)),
    relation: sign > 0n ? ">=" : "<=",
    right: ratio(-sign * row[row.length - 1], scale),
  };
}
