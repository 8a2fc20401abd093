// Exercises whose numbers can vary, as exercises/varied.py has it.

import VARIED from "../../exercises/varied.json" with { type: "json" };

/** The exercise with the numbers that a seed chooses among its variants; as it is without a seed or without variants. @param {?number} seed */
export function drawn(exercise, seed) {
  const { id, variants } = exercise;
  return variants && seed !== null ? { ...exercise, ...variants[(seed + id.length) % variants.length], seed } : exercise;
}

/** The seed that a text holds, or null. @param {?string} text */
export const readSeed = (text) => (/^[0-9]{1,6}$/.test(text ?? "") && Number(text) <= VARIED.largest_seed ? Number(text) : null);
