import { LIMITS } from "./catalogue.js";

/**
 * A run: what was met at the start and after each step.
 * @typedef {object} Run
 * @property {number[][]} points
 * @property {number[]} losses
 * @property {number[][]} gradients
 * @property {Object<string, number[][]>} state what the rule remembered at each point, by name
 * @property {?number} divergedAt
 */

/**
 * Run a rule down a surface. All steps are taken, also after it has diverged.
 * @param {import("./surface.js").Surface} surface
 * @param {import("./rules.js").Rule} rule
 * @param {Object<string, number>} settings
 * @param {number[]} start
 * @param {number} steps
 * @returns {Run}
 */
export function descend(surface, rule, settings, start, steps) {
  let x = start;
  let memory = start.map(() => 0);
  const points = [];
  const losses = [];
  const gradients = [];
  const memories = [];
  for (let step = 0; ; step++) {
    const g = surface.gradient(x);
    points.push(x);
    losses.push(surface.loss(x));
    gradients.push(g);
    memories.push(memory);
    if (step >= steps) break;
    const [next, kept] = [[], []];
    for (let i = 0; i < x.length; i++) {
      const moved = rule.update(x[i], g[i], memory[i], settings);
      next.push(moved[0]);
      kept.push(moved[1]);
    }
    x = next;
    memory = kept;
  }
  const state = rule.remembers ? { [rule.remembers]: memories } : {};
  return { points, losses, gradients, state, divergedAt: divergedAt(losses) };
}

/** The first step whose loss is not finite or over 1,000 times its start, or null. */
export function divergedAt(losses) {
  const limit = losses[0] === 0 ? Infinity : LIMITS.diverged * Math.abs(losses[0]);
  const step = losses.findIndex((loss) => !Number.isFinite(loss) || loss > limit);
  return step < 0 ? null : step;
}
