// What a rule makes of gradients that it is given, with no valley under it. optimlib/lab/strip.py has the same.

import { keptAfter, keptFrom, RULES } from "../core/rules.js";

/**
 * A row of gradients: a steady part under one that flips at every step.
 * @typedef {{drift: number, swing: number, name?: string}} Pattern
 */

/** The first gradients of a pattern, all times the size. @param {Pattern} pattern */
export const gradientsOf = ({ drift, swing }, size, count) => Array.from({ length: count }, (_, t) => size * (t % 2 ? drift - swing : drift + swing));

/** The steps that a rule makes when it is fed these gradients, over its learning rate: above 0 where it goes against a gradient above 0. */
export function movesOf({ kind, settings }, gradients) {
  let kept = keptFrom(RULES[kind], 0);
  return gradients.map((g) => {
    kept = keptAfter(RULES[kind], [0, ...kept.slice(1)], g, settings);
    return -kept[0] / settings.lr;
  });
}

/** What a row comes to in the end, by its last two: how far they lead, and how far they go to and fro. @returns {Pattern} */
export function endOf(row) {
  const [one, other] = row.slice(-2);
  return { drift: (one + other) / 2, swing: Math.abs(one - other) / 2 };
}
