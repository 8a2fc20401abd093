import { RULES } from "../core/rules.js";
import { CONSTANT } from "../core/schedules.js";
import { addedIn, ownTraits } from "./changes.js";

// How the learning rates of a lab change over time, as the values of traits that change.

/** @typedef {import("../core/schedules.js").Schedule} Schedule */

/** The schedule that all rules of the library have here, those that are switched off aside where another is on; null where they differ, or there is none. @returns {?Schedule} */
export function commonSchedule({ rules }) {
  const known = rules.filter(({ kind }) => RULES[kind]);
  const shown = known.some(({ on }) => on) ? known.filter(({ on }) => on) : known;
  const [first] = shown;
  return first && shown.every(({ schedule }) => String(schedule) === String(first.schedule)) ? first.schedule : null;
}

/** The schedule of a rule that is added: that of the others, where they agree. @returns {Schedule} */
export const scheduleOfNew = (lab) => commonSchedule(lab) ?? CONSTANT;

/** This schedule for all rules of the library. @param {Schedule} schedule */
export function scheduleChange(lab, schedule) {
  const made = lab.rules.filter(({ kind, place }) => RULES[kind] && place === null);
  return Object.assign({ added: addedIn(lab).map((rule) => ({ ...rule, schedule })) }, ...made.map(({ key }) => ownTraits(key, { schedule })));
}
