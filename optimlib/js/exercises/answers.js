// Reads the numbers of an answer as people write them: as exercises/answers.py does, by the same data, function by function.

import ANSWERS from "../../exercises/answers.json" with { type: "json" };

const { characters, patterns, sentences: COMPLAINTS } = ANSWERS;

/** What is written in other ways, and what it is read as. */
const PLAIN = new Map(Object.values(characters).flatMap(([others, plains]) => [...others].map((other, i) => [other, plains[i]])));

/** Whether the whole of a text is as a pattern of the data. */
const isAs = (pattern) => {
  const whole = new RegExp(`^(?:${pattern})$`);
  return (text) => whole.test(text);
};
const isName = isAs(patterns.name);
const isNotFinite = isAs(patterns.not_finite);
/** Whether a comma can be a decimal mark, or stand after the thousands: as in 1,000, and not in 0,250 or 1,5. */
const isUnclear = isAs(patterns.unclear);
/** Whether a text writes a number in digits, with a point and an exponent if it likes. */
const isDecimal = isAs(patterns.decimal);

/** [value, null] for a finite number or a text that says one, else [null, complaint]. */
export function readNumber(answer) {
  if (typeof answer === "string") return said(unmarked(plain(answer)));
  if (typeof answer !== "number") return [null, COMPLAINTS.not_a_number];
  return Number.isFinite(answer) ? [answer, null] : [null, COMPLAINTS.not_finite];
}

/** [[x1, x2], null] for two numbers, in a list or in a text; else [null, complaint]. */
export function readPoint(answer) {
  const [parts, complaint] = typeof answer === "string" ? partsOf(unmarked(plain(answer))) : [answer, null];
  if (complaint) return [null, complaint];
  if (!Array.isArray(parts) || parts.length !== 2) return [null, COMPLAINTS.two_numbers];
  const [first, second] = parts.map((part) => (typeof part === "string" ? labelOf(part) : null));
  if (["x2", "y"].includes(first) && ["x1", "x"].includes(second)) return [null, COMPLAINTS.first_x1];
  const [no_x1, no_x2] = parts.map(isBlank);
  if (no_x1 !== no_x2) return [null, no_x1 ? COMPLAINTS.no_x1 : COMPLAINTS.no_x2];
  const values = parts.map(readNumber);
  const problem = values[0][1] ?? values[1][1];
  return problem ? [null, problem] : [values.map(([value]) => value), null];
}

/** Whether an answer is an empty text, or a list of nothing but such. */
export function isBlank(answer) {
  const texts = Array.isArray(answer) ? answer : [answer];
  return texts.length > 0 && texts.every((text) => typeof text === "string" && plain(text) === "");
}

/** A text without blanks at its ends. */
export function trimmed(text) {
  return text.replaceAll("\u00a0", " ").replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
}

/** The text with plain characters in place of those that mean the same. */
const plain = (text) => trimmed([...text].map((character) => PLAIN.get(character) ?? character).join(""));

/** A text without the brackets about it, and without the mark that ends its sentence. */
function unmarked(text) {
  const inner = /^\(.*\)$|^\[.*\]$/s.test(text) ? trimmed(text.slice(1, -1)) : text;
  return /[,;]$|\..*\.$/s.test(inner) ? trimmed(inner.slice(0, -1)) : inner;
}

/** The two parts of a text that says two numbers, and null; or anything, and a complaint. */
function partsOf(text) {
  const tight = text.replace(/[ \t]+,/g, ",");
  if (tight.includes(";")) return [tight.split(";"), null];
  const commas = [...tight.matchAll(/,/g)].map(({ index }) => index);
  const apart = commas.filter((place) => /[ \t]/.test(tight[place + 1] ?? ""));
  if (apart.length === 1) return [cut(tight, apart[0]), null];
  const words = tight.split(/[ \t\n\r]+/).filter((word) => word !== "");
  if (words.length === 2) return [words, null];
  if (commas.length === 1 || commas.length === 3) return [cut(tight, commas[Math.floor(commas.length / 2)]), null];
  if (commas.length === 2) return [null, COMPLAINTS.two_ways];
  return [tight.split(","), null];
}

const cut = (text, place) => [text.slice(0, place), text.slice(place + 1)];

function said(whole) {
  if (whole === "") return [null, COMPLAINTS.nothing];
  const text = labelOf(whole) === null ? whole : trimmed(whole.slice(endOfLabel(whole) + 1));
  if (isNotFinite(text.toLowerCase())) return [null, COMPLAINTS.not_finite];
  const hundredths = text.endsWith("%");
  const parts = (hundredths ? text.slice(0, -1) : text).split("/").map((part) => withPoint(trimmed(part)));
  if (parts.length < 3 && parts.some(isUnclear)) return [null, COMPLAINTS.thousand_or_one];
  if (parts.length > 2 || !parts.every(isDecimal)) {
    const marked = text.includes(",") && parts.every((part) => isDecimal(part.replace(/[,.]/g, "")));
    return [null, marked ? COMPLAINTS.thousands : COMPLAINTS.not_a_number];
  }
  const values = parts.map(Number);
  if (values.length === 2 && values[1] === 0) return [null, COMPLAINTS.by_zero];
  const quotient = values.length === 2 ? values[0] / values[1] : values[0];
  const value = hundredths ? quotient / 100 : quotient;
  return Number.isFinite(value) ? [value, null] : [null, COMPLAINTS.not_finite];
}

/** The name before a number, as in `lr = 0.2`, "" before = alone, and null where there is none. */
function labelOf(text) {
  const end = endOfLabel(text);
  const name = trimmed(text.slice(0, Math.max(end, 0)));
  return end >= 0 && isName(name) ? name : null;
}

const endOfLabel = (text) => Math.max(text.lastIndexOf("="), text.lastIndexOf(":"));

/** A text with a point in place of its only comma, where that can be nothing but the decimal mark. */
const withPoint = (text) => (text.split(",").length === 2 && !text.includes(".") && !isUnclear(text) ? text.replace(",", ".") : text);
