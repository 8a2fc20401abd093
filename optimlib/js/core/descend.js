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
 * Run a rule down a surface. All steps are taken, also after it has diverged. While the start is dragged this is done
 * for each rule at each pixel: so lists have their length from the beginning, and nothing is allocated that the run does not keep.
 * @param {import("./surface.js").Surface} surface
 * @param {import("./rules.js").Rule} rule
 * @param {Object<string, number>} settings
 * @param {number[]} start
 * @param {number} steps
 * @param {{rates?: ?number[], draws?: ?number[][]}} [with] the rate of each step, where it changes, and what the noise of minibatches adds to the gradient (drawsOf), also at the end: steps + 1 numbers for each coordinate
 * @returns {Run}
 */
export function descend(surface, rule, settings, start, steps, { rates = null, draws = null } = {}) {
  const numbers = () => new Array(steps + 1).fill(0);
  const [points, losses, gradients] = [new Array(steps + 1), numbers(), new Array(steps + 1)];
  const names = Object.keys(rule.remembers);
  const memory = names.map(() => start.map(numbers));
  const now = { ...settings };
  const kept = start.map((x) => keptFrom(rule, x));
  for (let step = 0; ; step++) {
    const x = start.slice();
    for (let i = 0; i < x.length; i++) x[i] = kept[i][0];
    const g = surface.gradient(x);
    if (draws) for (let i = 0; i < g.length; i++) g[i] += draws[i][step];
    points[step] = x;
    losses[step] = surface.loss(x);
    gradients[step] = g;
    for (let k = 0; k < memory.length; k++) for (let i = 0; i < kept.length; i++) memory[k][i][step] = kept[i][k + 1];
    if (step >= steps) break;
    if (rates) now.lr = rates[step];
    for (let i = 0; i < kept.length; i++) kept[i] = keptAfter(rule, kept[i], g[i], now);
  }
  const state = Object.fromEntries(names.map((name, k) => [name, memory[k]]));
  if (draws) state.noise = draws;
  return { points, losses, gradients, state, rates, divergedAt: divergedAt(losses) };
}

/** The first step whose loss is not finite or over 1,000 times its start, or null. */
export function divergedAt(losses) {
  const limit = losses[0] === 0 ? Infinity : LIMITS.diverged * Math.abs(losses[0]);
  for (let step = 0; step < losses.length; step++) if (!Number.isFinite(losses[step]) || losses[step] > limit) return step;
  return null;
}
