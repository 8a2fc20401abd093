import { DASHES } from "../core/catalogue.js";
import { surfaceOf } from "../core/surface.js";
import { fitted, frameAround } from "../valley/frame.js";

// What a lab on a page knows beyond its traits, as plain data. It ends with the page.

/**
 * A guess that is asked for before the paths are shown.
 * @typedef {object} Guessing
 * @property {string} asked the kind of question, as the trait "predict" has it
 * @property {number} round counts the questions: what was typed for an earlier one is cleared
 * @property {string} question for "first": the steps and the rules that it is about
 * @property {number[]|string|null} guess a point, a label, "" for none of the rules, or null where there is none yet
 * @property {boolean} done whether the reader has let the paths be seen
 *
 * @typedef {object} Session
 * @property {number[]} home the start that the frame is for: it stays while the start moves inside the frame
 * @property {string} [on] the kind of ground that it is for, where that is not the valley
 * @property {Object<string, string>} dashes the dash of each rule's line, by the rule's key
 * @property {?number} peek the step that the pointer is over
 * @property {boolean} slow whether it plays at half speed
 * @property {Guessing} guessing
 * @property {?{id: string, watch: string, world: string}} finding the finding that is shown, what to watch, and what it is about
 * @property {string[]} notes on the link that was followed
 */

/** @returns {Guessing} */
export const newGuessing = (asked, round) => ({ asked, round, question: "", guess: null, done: false });

/** @returns {Session} */
export const newSession = (lab) => ({
  home: lab.start,
  on: lab.ground.kind,
  dashes: {},
  peek: null,
  slow: false,
  guessing: newGuessing(lab.predict, 0),
  finding: null,
  notes: [],
});

/** Whether the paths are hidden while the reader guesses. */
export const isAsking = (lab, { asked, done }) => lab.predict !== "" && !(done && asked === lab.predict);

/** The rules of a lab, with the reader's own where there is one. */
export const rulesOf = (lab, hasOwn) => (hasOwn ? [...lab.rules, lab.own] : lab.rules);

/** What a finding is about, to be compared: the valley and the rules, not the step. */
export const worldOf = ({ ground, curvatures, angle, noise, start, rules }) =>
  JSON.stringify([ground, curvatures, angle, noise, start, rules.map(({ label, on, settings, schedule }) => [label, on, settings, schedule])]);

/**
 * The session for a lab as it is now: what no longer fits gives way, the rest stays.
 * @param {Session} session
 * @param {boolean} hasOwn whether the reader can write a rule
 * @param {{width: number, height: number}} [size] of the valley's plot, in pixels
 * @returns {Session}
 */
export function settled(session, lab, hasOwn, size) {
  const { on, dashes, peek, guessing, finding } = session;
  const home = on === lab.ground.kind ? session.home : lab.start;
  return {
    ...session,
    home: homeFor(home, lab, size),
    on: lab.ground.kind,
    dashes: dashesFor(
      dashes,
      lab.rules.map(({ key }) => key),
    ),
    peek: lab.playing ? null : peek,
    guessing: guessingFor(guessing, lab, hasOwn),
    finding: finding && finding.world === worldOf(lab) ? finding : null,
  };
}

/** The start itself, once it has left what is seen for the one before. */
function homeFor(home, lab, size) {
  if (lab.contours || String(home) === String(lab.start)) return home; // as in nearly every frame
  const frame = frameAround(surfaceOf(lab), home);
  const { x, y } = size ? fitted(frame, size) : frame;
  const isInside = [x, y].every(([low, high], i) => lab.start[i] >= low && lab.start[i] <= high);
  return isInside ? home : lab.start;
}

/** A key keeps the dash that it got when it came; one that is gone gives its own free. */
export function dashesFor(before, keys) {
  const dashes = Object.fromEntries(keys.filter((key) => before[key]).map((key) => [key, before[key]]));
  for (const key of keys) dashes[key] ??= DASHES.find((dash) => !Object.values(dashes).includes(dash));
  return dashes;
}

/** A guess is for one question: the kind, and for "first" the rules among which to choose. */
function guessingFor(guessing, lab, hasOwn) {
  if (lab.predict !== guessing.asked) return newGuessing(lab.predict, guessing.round + 1);
  if (lab.predict !== "first" || guessing.done) return guessing;
  const shown = rulesOf(lab, hasOwn).filter(({ on, replay }) => on && replay?.points.length !== 0);
  const question = [lab.steps, ...shown.map(({ label }) => label)].join("\n");
  return question === guessing.question ? guessing : { ...guessing, question, guess: null };
}
