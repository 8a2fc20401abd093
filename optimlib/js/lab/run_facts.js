/**
 * What is worked out from a line of a lab for its plots and measures.
 * @typedef {object} RunFacts
 * @property {number[]} across the position in the steepest direction, at each point
 * @property {number[][]} rates of a rule with a brake, for each coordinate, what the step from each point multiplies the gradient by; else none
 */

const factsOf = new WeakMap(); // run -> {surface, facts}: what was worked out last

/** @param {import("./scene.js").Line} line @returns {RunFacts} */
export function runFactsOf({ rule, run }, surface) {
  if (!factsOf.has(run) || factsOf.get(run).surface !== surface) {
    const steepest = surface?.numbers && (surface.curvatures[0] > surface.curvatures[1] ? surface.numbers.u0 : surface.numbers.u1);
    const across = run.points.map(([x1, x2]) => (steepest ? steepest(x1, x2) : x2));
    const rates = (brakingOf(rule, run)?.rates ?? []).map((line) => line.slice(1));
    factsOf.set(run, { surface, facts: { across, rates } });
  }
  return factsOf.get(run).facts;
}

/**
 * What a rule divides by, given its brake: eps is inside the root, and outside it where a rule has a beta2.
 * @param {Object<string, any>} settings
 */
function divisorOf(s, settings, power) {
  const { eps, correct_bias } = settings;
  if (power === undefined) return Math.sqrt(s + eps);
  return Math.sqrt(correct_bias && power < 1 ? s / (1 - power) : s) + eps;
}

/**
 * What brakes a run: for each coordinate, and each of its points, what the step that led there divided the gradient by, and what it
 * multiplied it by.
 * @typedef {{brakes: number[][], rates: number[][]}} Braking
 */

const known = new WeakMap(); // run -> its braking

/**
 * The braking of a run. Undefined for a rule without a brake, and where only Python knows it.
 * @param {Pick<import("./state.js").LabRule, "replay" | "settings">} rule
 * @param {import("../core/descend.js").Run} run
 * @returns {Braking|undefined}
 */
export function brakingOf({ replay, settings }, run) {
  if (replay || !run.state?.brake) return undefined;
  if (!known.has(run)) {
    const { brake, beta2_power: powers } = run.state;
    const brakes = brake.map((line, i) => line.map((s, step) => divisorOf(s, settings, powers?.[i][step])));
    const rateOf = (root, step) => (run.rates?.[step - 1] ?? settings.lr) * (root === 0 ? 0 : 1 / root);
    known.set(run, { brakes, rates: brakes.map((line) => line.map(rateOf)) });
  }
  return known.get(run);
}
