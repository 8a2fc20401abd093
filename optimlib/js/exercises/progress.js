// What a reader has done of the course, as data. exercises/progress.py reads and writes the same, by the same progress.json.

import PROGRESS from "../../exercises/progress.json" with { type: "json" };
import { worded } from "./worded.js";

/**
 * What is kept of one exercise. A missing part is as in an untouched one.
 * tries counts the answers that were judged until one was right; tried_at and solved_at say when the first and when that one was.
 * @typedef {{state?: "untried"|"tried"|"solved", hints?: number, solution?: boolean, answer?: any, tries?: number, tried_at?: string, solved_at?: string}} Entry
 */

const { states: STATES } = PROGRESS;
export const FAULTS = PROGRESS.sentences;
export const NOT_KEPT = FAULTS.not_kept;

const TIMES = ["tried_at", "solved_at"];

/** An entry after a change to a part of it. Solved stays solved, hints and tries never go down, and the first times stay. @returns {Entry} */
export function updated(entry, change) {
  const rank = Math.max(...[entry, change].map(({ state = "untried" }) => STATES.indexOf(state)));
  const given = (name) => [entry, change].filter((one) => Object.hasOwn(one, name)).map((one) => one[name]);
  const counted = given("tries").length > 0 ? { tries: Math.max(...given("tries")) } : {};
  const times = TIMES.filter((name) => given(name).length > 0).map((name) => [name, given(name).sort()[0]]);
  return {
    ...entry,
    ...change,
    ...counted,
    ...Object.fromEntries(times),
    state: STATES[rank],
    hints: Math.max(entry.hints ?? 0, change.hints ?? 0),
    solution: Boolean(entry.solution || change.solution),
  };
}

/** The best of two {id: entry}; answers are mine, where I have one. */
export function merged(mine, theirs) {
  const ours = Object.entries(mine).map(([id, entry]) => [id, updated(entryOf(theirs, id), entry)]);
  return { ...theirs, ...Object.fromEntries(ours) };
}

/** The entry of one exercise, {} where it is untouched. @returns {Entry} */
export const entryOf = (kept, id) => (Object.hasOwn(kept, id) ? kept[id] : {});

/** How many of these exercises are solved. */
export const countSolved = (kept, ids) => ids.filter((id) => entryOf(kept, id).state === "solved").length;

/**
 * What can be used of a text, and what is wrong with it, such as "it is not JSON", or "".
 * @param {string|null} text null or empty where nothing is kept yet
 */
export function readKept(text) {
  const refused = (problem) => ({ kept: {}, problem });
  if (text === null || text === "") return refused("");
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return refused(FAULTS.not_json);
  }
  const { format, version, exercises } = isObject(found) ? found : {};
  if (format !== PROGRESS.format || typeof version !== "number") return refused(FAULTS.not_ours);
  const known = Object.keys(found).every((name) => PROGRESS.parts.includes(name));
  if (version > PROGRESS.version || !known) return refused(FAULTS.newer);
  if (version !== PROGRESS.version || !isObject(exercises)) return refused(FAULTS.not_ours);
  const entries = Object.entries(exercises);
  const good = entries.filter(([, entry]) => isSound(entry));
  const lost = entries.length - good.length;
  return { kept: Object.fromEntries(good), problem: lost ? worded(lost === 1 ? FAULTS.one_damaged : FAULTS.some_damaged, { lost }) : "" };
}

/** The text that keeps these entries. */
export function writeKept(kept) {
  return `${JSON.stringify({ format: PROGRESS.format, version: PROGRESS.version, exercises: kept }, null, 1)}\n`;
}

/** The change that one more answer makes to an entry: state is "solved" where it is right, else "tried". @returns {Entry} */
export function judged(entry, state) {
  if (entry.state === "solved") return { state };
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  return { state, tries: (entry.tries ?? 0) + 1, tried_at: now, ...(state === "solved" && { solved_at: now }) };
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value is an entry, or a part of one. It may have more than this course knows. */
function isSound(entry) {
  if (!isObject(entry)) return false;
  const { state = "untried", hints = 0, solution = false, tries = 0 } = entry;
  return (
    STATES.includes(state) &&
    Number.isInteger(hints) &&
    hints >= 0 &&
    hints <= PROGRESS.most_hints &&
    typeof solution === "boolean" &&
    Number.isInteger(tries) &&
    tries >= 0 &&
    tries <= PROGRESS.most_tries &&
    TIMES.every((name) => !Object.hasOwn(entry, name) || (typeof entry[name] === "string" && TIME.test(entry[name]))) &&
    isPlain(entry, PROGRESS.deepest)
  );
}

/** Whether JSON can carry a value, and it is not nested deeper than depth. */
function isPlain(value, depth) {
  if (typeof value === "object" && value !== null) return depth > 0 && Object.values(value).every((one) => isPlain(one, depth - 1));
  return typeof value !== "number" || Number.isFinite(value);
}
