// What a reader has done of the course, as data. exercises/progress.py reads and writes the same, by the same progress.json.

import PROGRESS from "../../exercises/progress.json" with { type: "json" };
import { worded } from "./worded.js";

/**
 * What is kept of one exercise. A missing part is as in an untouched one.
 * @typedef {{state?: "untried"|"tried"|"solved", hints?: number, solution?: boolean, answer?: any}} Entry
 */

const { states: STATES, sentences: FAULTS } = PROGRESS;
export const NOT_KEPT = FAULTS.not_kept;

/** An entry after a change to a part of it. Solved stays solved, and hints never go down. @returns {Entry} */
export function updated(entry, change) {
  const rank = Math.max(...[entry, change].map(({ state = "untried" }) => STATES.indexOf(state)));
  return {
    ...entry,
    ...change,
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
  const known = Object.keys(found).every((name) => ["format", "version", "exercises"].includes(name));
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

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value is an entry, or a part of one. It may have more than this course knows. */
function isSound(entry) {
  if (!isObject(entry)) return false;
  const { state = "untried", hints = 0, solution = false } = entry;
  return (
    STATES.includes(state) &&
    Number.isInteger(hints) &&
    hints >= 0 &&
    hints <= PROGRESS.most_hints &&
    typeof solution === "boolean" &&
    isPlain(entry, PROGRESS.deepest)
  );
}

/** Whether JSON can carry a value, and it is not nested deeper than depth. */
function isPlain(value, depth) {
  if (typeof value === "object" && value !== null) return depth > 0 && Object.values(value).every((one) => isPlain(one, depth - 1));
  return typeof value !== "number" || Number.isFinite(value);
}
