// What a reader has done of the course, as data. progress.py reads and writes the same.

/**
 * What is kept of one exercise. A missing part is as in an untouched one.
 * @typedef {{state?: "untried"|"tried"|"solved", hints?: number, solution?: boolean, answer?: any}} Entry
 */

const STATES = ["untried", "tried", "solved"];
const DEEPEST = 20; // how far lists may be nested in an entry

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
    return refused("it is not JSON");
  }
  const { format, version, exercises } = isObject(found) ? found : {};
  if (format !== "optimlib progress" || typeof version !== "number") return refused("it is not the progress of this course");
  const known = Object.keys(found).every((name) => ["format", "version", "exercises"].includes(name));
  if (version > 1 || !known) return refused("it was made by a newer version of the course");
  if (version !== 1 || !isObject(exercises)) return refused("it is not the progress of this course");
  const entries = Object.entries(exercises);
  const good = entries.filter(([, entry]) => isSound(entry));
  const lost = entries.length - good.length;
  return { kept: Object.fromEntries(good), problem: lost ? `${lost} of its entries ${lost === 1 ? "is" : "are"} damaged` : "" };
}

/** The text that keeps these entries. */
export function writeKept(kept) {
  return `${JSON.stringify({ format: "optimlib progress", version: 1, exercises: kept }, null, 1)}\n`;
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value is an entry, or a part of one. It may have more than this course knows. */
function isSound(entry) {
  if (!isObject(entry)) return false;
  const { state = "untried", hints = 0, solution = false } = entry;
  return STATES.includes(state) && [0, 1, 2].includes(hints) && typeof solution === "boolean" && isPlain(entry, DEEPEST);
}

/** Whether JSON can carry a value, and it is not nested deeper than depth. */
function isPlain(value, depth) {
  if (typeof value === "object" && value !== null) return depth > 0 && Object.values(value).every((one) => isPlain(one, depth - 1));
  return typeof value !== "number" || Number.isFinite(value);
}
