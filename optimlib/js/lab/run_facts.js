// Worked out again at each pixel of a drag: what goes over all points is a plain loop, which allocates nothing for each.

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
    const across = new Array(run.points.length).fill(0);
    for (let step = 0; step < across.length; step++) {
      const [x1, x2] = run.points[step];
      across[step] = steepest ? steepest(x1, x2) : x2;
    }
    const rates = (brakingOf(rule, run)?.rates ?? []).map((line) => line.slice(1));
    factsOf.set(run, { surface, facts: { across, rates } });
  }
  return factsOf.get(run).facts;
}

/**
 * What a rule divides by, given its brake at each point, and the powers of its beta2 where it has one: there eps is outside the root, and
 * else inside it.
 * @param {number[]} brake
 * @param {Object<string, any>} settings
 * @param {number[]} [powers]
 */
function brakesOf(brake, { eps, correct_bias }, powers) {
  const brakes = new Array(brake.length).fill(0);
  for (let step = 0; step < brakes.length; step++) {
    const isCorrected = powers && correct_bias && powers[step] < 1;
    const square = isCorrected ? brake[step] / (1 - powers[step]) : brake[step];
    brakes[step] = powers ? Math.sqrt(square) + eps : Math.sqrt(square + eps);
  }
  return brakes;
}

/** What each step multiplied the gradient by: its learning rate, lr where none is given for each step, over the brake. */
function effectiveRates(brakes, lr, lrs) {
  const rates = new Array(brakes.length).fill(0);
  for (let step = 0; step < rates.length; step++) rates[step] = (lrs?.[step - 1] ?? lr) * (brakes[step] === 0 ? 0 : 1 / brakes[step]);
  return rates;
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
    const brakes = brake.map((line, i) => brakesOf(line, settings, powers?.[i]));
    known.set(run, { brakes, rates: brakes.map((line) => effectiveRates(line, settings.lr, run.rates)) });
  }
  return known.get(run);
}
