// Elements, and how numbers are shown. Text from data is always text, never HTML.

/**
 * An HTML element. An attribute that is false or null is left out, true stands without a value;
 * "onclick" and the like are listeners.
 */
export function html(tag, attributes = {}, ...children) {
  const own = { ...(OWN_KEYS.has(tag) && { "data-lm-suppress-shortcuts": "true" }), ...(CODE.has(tag) && { translate: "no" }) };
  return filled(document.createElement(tag), { ...own, ...attributes }, children);
}

/** What uses keys itself: told to JupyterLab, whose shortcuts would take the arrows from a slider. */
const OWN_KEYS = new Set(["button", "input", "select", "summary"]);

/** What a browser that translates the page leaves as it is. */
const CODE = new Set(["code", "pre", "textarea"]);

/** The same for SVG. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children);
  return element;
}

/** Set attributes of an element, only where they change. */
export function setAttributes(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** Set the text of an element, only where it changes. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Call act with the width of an element, in whole pixels: once it is in the page, and when that changes. What act does may
 * change the height: a line of none is what is watched, since a browser calls it an error when what it tells of changes meanwhile.
 * @returns {() => void} ends it
 */
export function watchWidth(element, act) {
  const line = html("div");
  element.prepend(line);
  const watcher = new ResizeObserver(([entry]) => act(Math.floor(entry.contentRect.width)));
  watcher.observe(line);
  return () => watcher.disconnect();
}

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A number as JavaScript writes it, 1.2e-5, as it is read: 1.2·10⁻⁵, with a true minus sign. */
export const readable = (text) =>
  text.replace(/e\+?(.+)/, (_, power) => `·10${[...power].map((sign) => SUPERSCRIPTS[sign] ?? "⁻").join("")}`).replace("-", "−");

/** The same of a whole power of ten, by the power. */
export const powerText = (power) => (power === 0 ? "1" : readable(`e${power}`).slice(1));

/** A number on a scale, or that a reader sets: four significant digits, a true minus sign. */
export function numberText(value) {
  if (Number.isNaN(value)) return "not a number";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const plain = size === 0 || (size >= 0.001 && size < 10000);
  return readable(plain ? String(Number(value.toPrecision(4))) : value.toExponential(1).replace(".0", ""));
}

/**
 * A number in a sentence: three significant digits, rounded as on paper, and "≈ 0" for what is smaller than rounding. optimlib/tables.py has
 * the same as short, and number for a column, where zeros at the end are kept, so that digits line up.
 */
export function roundedText(value, rounding) {
  if (!Number.isFinite(value)) return numberText(value);
  const size = Math.abs(value);
  if (size < rounding) return size === 0 ? "0" : "≈ 0";
  const [digits, power] = size.toExponential(2).split("e").map(Number);
  const plain = () => String(Number(size.toPrecision(3))).replace(power < 3 ? "" : /\B(?=(\d{3})+$)/g, power < 3 ? "" : ",");
  return (value < 0 ? "−" : "") + (power > -5 && power < 6 ? plain() : readable(`${digits}e${power}`));
}

/** The power of ten at or below a number above 0, and ten to a whole power: exact, which Math.log10 and ** need not be. */
export const powerOf = (value) => Number(value.toExponential().split("e")[1]);
export const tenTo = (power) => Number(`1e${power}`);
