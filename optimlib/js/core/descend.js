import { LIMITS } from "./catalogue.js";
import { keptAfter, keptFrom } from "./rules.js";

/**
 * A run: what was met at the start and after each step.
 * @typedef {object} Run
 * @property {number[][]} points
 * @property {number[]} losses
 * @property {number[][]} gradients
 * @property {Object<string, number[][]>} state for each coordinate, what the rule remembered at each point, by name; and the noise that was drawn there
 * @property {?number[]} [rates] the learning rate of each step, where it changes
 * @property {?number} divergedAt
 */

/**
 * Run a rule down a surface. All steps are taken, also after it has diverged.
 * @param {import("./surface.js").Surface} surface
 * @param {import("./rules.js").Rule} rule
 * @param {Object<string, number>} settings
 * @param {number[]} start
 * @param {number} steps
 * @param {{rates?: ?number[], draws?: ?number[][]}} [with] the rate of each step, where it changes, and what the noise of minibatches adds to each gradient (drawsOf), also at the end
 * @returns {Run}
 */
export function descend(surface, rule, settings, start, steps, { rates = null, draws = null } = {}) {
  let kept = start.map((x) => keptFrom(rule, x));
  const points = [];
  const losses = [];
  const gradients = [];
  const memory = Object.keys(rule.remembers).map(() => start.map(() => []));
  const now = { ...settings };
  for (let step = 0; ; step++) {
    const x = kept.map((one) => one[0]);
    const drawn = draws?.[step];
    const g = surface.gradient(x);
    if (drawn) for (let i = 0; i < g.length; i++) g[i] += drawn[i];
    points.push(x);
    losses.push(surface.loss(x));
    gradients.push(g);
    for (let k = 0; k < memory.length; k++) for (let i = 0; i < kept.length; i++) memory[k][i].push(kept[i][k + 1]);
    if (step >= steps) break;
    if (rates) now.lr = rates[step];
    kept = kept.map((one, i) => keptAfter(rule, one, g[i], now));
  }
  const state = Object.fromEntries(Object.keys(rule.remembers).map((name, i) => [name, memory[i]]));
  if (draws) state.noise = start.map((_, i) => points.map((_, step) => draws[step][i]));
  return { points, losses, gradients, state, rates, divergedAt: divergedAt(losses) };
}

/** The first step whose loss is not finite or over 1,000 times its start, or null. */
export function divergedAt(losses) {
  const limit = losses[0] === 0 ? Infinity : LIMITS.diverged * Math.abs(losses[0]);
  const step = losses.findIndex((loss) => !Number.isFinite(loss) || loss > limit);
  return step < 0 ? null : step;
}
