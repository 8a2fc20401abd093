/**
 * What is worked out from a line of a lab for its plots and measures.
 * @typedef {object} RunFacts
 * @property {number[]} across the position in the steepest direction, at each point
 * @property {number[][]} rates what the step from each point multiplies the gradient by, in each coordinate; of a rule with a brake, else none
 */

/** @param {import("./scene.js").Line} line @returns {RunFacts} */
export function runFactsOf({ rule, run }, surface) {
  const steepest = surface?.axes && surface.curvatures[0] > surface.curvatures[1] ? 0 : 1;
  const across = run.points.map((point) => (surface?.axes ? surface.axes(point)[steepest] : point[1]));
  const rates = (brakingOf(rule, run) ?? []).slice(1).map(([, rate]) => rate);
  return { across, rates };
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

const known = new WeakMap(); // run -> its braking

/**
 * For each point of a run what the step that led there divided the gradient by and what it multiplied it by, in each coordinate. Undefined
 * for a rule without a brake, and where only Python knows it.
 * @param {Pick<import("./state.js").LabRule, "replay" | "settings">} rule
 * @param {import("../core/descend.js").Run} run
 * @returns {number[][][]|undefined}
 */
export function brakingOf({ replay, settings }, run) {
  if (replay || !run.state?.brake) return undefined;
  if (!known.has(run)) {
    const brakes = run.state.brake.map((pair, step) => pair.map((s, i) => divisorOf(s, settings, run.state.beta2_power?.[step][i])));
    known.set(
      run,
      brakes.map((brake, step) => [brake, brake.map((root) => (run.rates?.[step - 1] ?? settings.lr) * (root === 0 ? 0 : 1 / root))]),
    );
  }
  return known.get(run);
}
