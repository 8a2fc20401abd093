import { limited } from "../valley/frame.js";

/**
 * How far an animation is. Only ticked() moves it on.
 * @typedef {object} Clock
 * @property {number} part the way to the next step, 0 to 1
 * @property {number} at the time of the last frame in milliseconds, 0 while the animation stands
 */

/** @type {Clock} */
export const STANDING = { part: 0, at: 0 };

/** What was out of sight for longer than this, in milliseconds, stood still. */
const LONGEST_FRAME = 100;

/** How long a step takes, in milliseconds: all of them about five seconds, and twice that at half speed. */
const paceOf = ({ steps, slow }) => limited(5000 / steps, 30, 250) * (slow ? 2 : 1);

/**
 * The clock and the step at the time now. While it plays, the time since the last frame moves it on; it begins again where it
 * is started at the last step, and ends there.
 * @param {Clock} clock
 * @param {{playing: boolean, step: number, steps: number, slow?: boolean}} lab
 * @param {number} now
 * @returns {{clock: Clock, step: number, playing: boolean}}
 */
export function ticked(clock, { playing, step, steps, slow }, now) {
  if (!playing) return { clock: STANDING, step, playing };
  const begins = clock.at === 0;
  const way = begins ? 0 : clock.part + limited(now - clock.at, 0, LONGEST_FRAME) / paceOf({ steps, slow });
  const next = begins && step === steps ? 0 : Math.min(step + Math.floor(way), steps);
  if (next === steps) return { clock: STANDING, step: next, playing: false };
  return { clock: { part: way % 1, at: now }, step: next, playing };
}

/** The clock of each model. A model that is shown twice has one, and so one pace. */
const clocks = new WeakMap();

/** How far a model is on the way to its next step, 0 to 1. */
export const partOfStep = (model) => (clocks.get(model) ?? STANDING).part;

/** Move a model's clock on to the time now, and write the step where that changes it. lab: the model's traits as they are, and whether it is slow. */
export function tick(model, lab, now, write) {
  const { clock, step, playing } = ticked(clocks.get(model) ?? STANDING, lab, now);
  clocks.set(model, clock);
  if (step !== lab.step || playing !== lab.playing) write({ step, playing });
}
