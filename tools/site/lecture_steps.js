// Where a lecture is, and what leads on: plain data. counts: how many moments each scene has.

/**
 * @typedef {{scene: number, moment: number}} Place both from 0
 */

/** The moment after this one; the last stays. @param {Place} place @param {number[]} counts @returns {Place} */
export function after({ scene, moment }, counts) {
  if (moment + 1 < counts[scene]) return { scene, moment: moment + 1 };
  return scene + 1 < counts.length ? { scene: scene + 1, moment: 0 } : { scene, moment };
}

/** The moment before this one; the first stays. @param {Place} place @param {number[]} counts @returns {Place} */
export function before({ scene, moment }, counts) {
  if (moment > 0) return { scene, moment: moment - 1 };
  return scene > 0 ? { scene: scene - 1, moment: counts[scene - 1] - 1 } : { scene, moment };
}

/** The fragment that leads to a place: #scene=3, and #scene=3.2 for its second moment. @param {Place} place */
export const addressOf = ({ scene, moment }) => `#scene=${scene + 1}${moment > 0 ? `.${moment + 1}` : ""}`;

/** The place that a fragment leads to, or null. @param {string} fragment @param {number[]} counts @returns {?Place} */
export function placeIn(fragment, counts) {
  const [, scene, moment = "1"] = /^#scene=(\d+)(?:\.(\d+))?$/.exec(fragment) ?? [];
  const place = { scene: Number(scene) - 1, moment: Number(moment) - 1 };
  return place.moment >= 0 && place.moment < counts[place.scene] ? place : null;
}

/** What a remote sends, wherever the focus is: to be taken from all but a text that is being written. */
const REMOTE = { PageDown: "next", PageUp: "back" };
/** What is the lecture's, unless the focus is on something that needs these keys itself. The arrows up and down scroll where a scene is long. */
const KEYS = { ArrowRight: "next", " ": "next", ArrowLeft: "back", Home: "first", End: "last" };
const LETTERS = { s: "speaker", n: "notes", p: "play", b: "buttons", f: "full", "?": "keys" };

/**
 * What a key does in a lecture, or undefined.
 * @param {{key: string, shiftKey?: boolean, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean}} event
 * @param {"text"|"slider"|"control"|"page"} focus what has the focus: what one types or chooses in, a slider, a button or a link or a box, or nothing of these
 */
export function actOf({ key, shiftKey, ctrlKey, metaKey, altKey }, focus) {
  if (ctrlKey || metaKey || altKey) return undefined;
  if (key === "Escape") return "leave";
  if (focus === "text") return undefined;
  if (Object.hasOwn(REMOTE, key)) return REMOTE[key];
  if (Object.hasOwn(LETTERS, key)) return LETTERS[key];
  if (focus === "slider" || (key === " " && focus === "control")) return undefined;
  return key === " " && shiftKey ? "back" : KEYS[key];
}

/** What an element is for the keys. @param {Element} element @returns {"text"|"slider"|"control"|"page"} */
export function focusOf(element) {
  const isIn = (selector) => element.closest?.(selector);
  if (isIn("textarea, select, [contenteditable], [type=radio], input:not([type=range], [type=checkbox])")) return "text";
  if (isIn("[type=range], [role=slider]")) return "slider";
  return isIn("button, a, summary, [type=checkbox]") ? "control" : "page";
}
