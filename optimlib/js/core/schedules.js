import { LIMITS } from "./catalogue.js";

// Learning rates that change from step to step: the doubles of optimlib.schedules.

/** A schedule as a trait holds it: [kind, value], the value that of its one setting. @typedef {[string, number]} Schedule */

/** @type {Schedule} */
export const CONSTANT = ["constant", 1];

/** The rate of a step by the kind of a schedule: lr is the rule's own, value the setting of the schedule, t counts from 0, and before is the rate of the step before. */
const RATES = {
  exponential: (lr, gamma, t, before) => (t ? before * gamma : lr),
  inverse_time: (lr, half, t) => lr / (1 + t / half),
  warm_up: (lr, length, t) => lr * (Math.min(t + 1, length) / length),
};

/** The most that the setting may be, by kind. */
const MOST = { constant: 1, exponential: 1, inverse_time: LIMITS.far, warm_up: LIMITS.far };

/** Whether any value is a Schedule. */
export const isSchedule = (value) =>
  Array.isArray(value) && value[1] > 0 && value[1] <= MOST[value[0]] && Number.isFinite(value[1]) && (value[0] !== "warm_up" || Number.isInteger(value[1]));

/** @param {Schedule} schedule */
export const isConstant = ([kind]) => kind === CONSTANT[0];

/** The rate of each of so many steps of a rule whose own is lr; null where that is the rate of each. @param {Schedule} schedule @returns {?number[]} */
export function ratesOf([kind, value], lr, steps) {
  if (!RATES[kind]) return null;
  const rates = [];
  for (let t = 0; t < steps; t++) rates.push(RATES[kind](lr, value, t, rates[t - 1]));
  return rates;
}
