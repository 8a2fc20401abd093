// Reads the numbers of an answer as people write them: the twin of answers.py, with the same words.

const NOT_A_NUMBER = "That is not a number. Write it in digits, as in 1.75, 7/4 or 175e-2.";
const NOT_FINITE = "NaN and infinity are no answer here. Write a finite number.";
const TWO_NUMBERS = "Answer with two numbers, x1 and x2, as in -3, 1.5.";

/** What is written in other ways, and what it is read as. */
const ALIKE = [
  ["-", /[\u2212\u2010-\u2014]/g],
  [".", /\u066b/g],
  ["%", /\u066a/g],
  ["=", /[\u2248\u2243\u2245~]/g],
  [" ", /[\u00a0\u2007\u2009\u202f\u3000]/g],
];
/** The digits of other scripts: Arabic, Persian, Devanagari, Bengali, Thai, and lowered ones. */
const DIGITS = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\u2080-\u2089]/g;
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50, 0x2080];

/** [value, null] for a finite number or a text that says one, else [null, complaint]. */
export function readNumber(answer) {
  if (typeof answer === "string") return said(unmarked(plain(answer)));
  if (typeof answer !== "number") return [null, NOT_A_NUMBER];
  return Number.isFinite(answer) ? [answer, null] : [null, NOT_FINITE];
}

/** [[x1, x2], null] for two numbers, in a list or in a text; else [null, complaint]. */
export function readPoint(answer) {
  const [parts, complaint] = typeof answer === "string" ? partsOf(unmarked(plain(answer))) : [answer, null];
  if (complaint) return [null, complaint];
  if (!Array.isArray(parts) || parts.length !== 2) return [null, TWO_NUMBERS];
  const [first, second] = parts.map((part) => (typeof part === "string" ? labelOf(part) : null));
  if (["x2", "y"].includes(first) && ["x1", "x"].includes(second)) return [null, "First x1, then x2, as in -3, 1.5."];
  const values = parts.map(readNumber);
  const problem = values[0][1] ?? values[1][1];
  return problem ? [null, problem] : [values.map(([value]) => value), null];
}

/** A text without blanks at its ends. */
export function trimmed(text) {
  return text.replaceAll("\u00a0", " ").replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
}

/** The text with plain characters in place of those that mean the same. */
function plain(text) {
  const narrow = text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  const inDigits = narrow.replace(DIGITS, (digit) => String(digit.charCodeAt(0) - ZEROS.findLast((zero) => zero <= digit.charCodeAt(0))));
  return trimmed(ALIKE.reduce((read, [character, others]) => read.replace(others, character), inDigits));
}

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
  if (commas.length === 2) return [null, "These commas can be read in two ways. Write points as decimal marks, as in -3.0, 1.5."];
  return [tight.split(","), null];
}

const cut = (text, place) => [text.slice(0, place), text.slice(place + 1)];

function said(whole) {
  if (whole === "") return [null, "There is no number yet. Write one in digits, as in 1.75, 7/4 or 175e-2."];
  const text = labelOf(whole) === null ? whole : trimmed(whole.slice(Math.max(whole.lastIndexOf("="), whole.lastIndexOf(":")) + 1));
  if (/^[+-]*(nan|inf|infinity|∞)[+-]*$/i.test(text)) return [null, NOT_FINITE];
  const hundredths = text.endsWith("%");
  const parts = (hundredths ? text.slice(0, -1) : text).split("/").map((part) => withPoint(trimmed(part)));
  if (parts.length < 3 && parts.some(isUnclear)) {
    return [null, "1,000 can be one thousand or one. Write a point as the decimal mark, and nothing between thousands."];
  }
  if (parts.length > 2 || !parts.every(isDecimal)) {
    const marked = text.includes(",") && parts.every((part) => isDecimal(part.replace(/[,.]/g, "")));
    return [null, marked ? "Write a point as the decimal mark, and nothing between thousands, as in 1234.5." : NOT_A_NUMBER];
  }
  const values = parts.map(Number);
  if (values.length === 2 && values[1] === 0) return [null, "A division by 0 gives no number."];
  const quotient = values.length === 2 ? values[0] / values[1] : values[0];
  const value = hundredths ? quotient / 100 : quotient;
  return Number.isFinite(value) ? [value, null] : [null, NOT_FINITE];
}

/** The name before a number, as in `lr = 0.2`, "" before = alone, and null where there is none. */
function labelOf(text) {
  const end = Math.max(text.lastIndexOf("="), text.lastIndexOf(":"));
  const name = trimmed(text.slice(0, Math.max(end, 0)));
  return end >= 0 && /^(?!\d)[a-zA-Z0-9_\u0370-\u03ff]{0,20}$/.test(name) ? name : null;
}

/** A text with a point in place of its only comma, where that can be nothing but the decimal mark. */
const withPoint = (text) => (text.split(",").length === 2 && !text.includes(".") && !isUnclear(text) ? text.replace(",", ".") : text);

/** Whether a comma can be a decimal mark, or stand after the thousands: as in 1,000, and not in 0,250 or 1,5. */
const isUnclear = (text) => /^[+-]?[1-9]\d{0,2},\d{3}$/.test(text);

/** Whether a text writes a number in digits, with a point and an exponent if it likes. */
const isDecimal = (text) => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
