// The noise of minibatches: the doubles of optimlib.noise, from whole numbers alone.

/** Even numbers of 0 to 1 in a sum, the words of 32 bits (how many there are), and what spreads them. */
const [PARTS, WORD, GOLDEN] = [12, 4294967296, 0x9e3779b9];

/** A word of 32 bits of which each bit depends on each of the one given. */
function mixed(word) {
  const first = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return (second ^ (second >>> 16)) >>> 0;
}

/** A number of mean 0 and variance 1, for a seed, a step and a coordinate. */
function bell(seed, step, coordinate) {
  const place = mixed(mixed(step ^ mixed(coordinate + 1)) ^ seed);
  let sum = 0;
  for (let k = 0; k < PARTS; k++) sum += mixed(place + Math.imul(k, GOLDEN));
  return (sum - (PARTS / 2) * (WORD - 1)) / WORD;
}

/**
 * The noise of a minibatch, as optimlib.Noise has it.
 * @typedef {{sd: number, batch: number, seed: number}} Noise
 */

/** The noise that a trait [sd, batch, seed] holds, or null where that is none. @param {number[]} trait @returns {?Noise} */
export const noiseOf = ([sd, batch, seed]) => (sd > 0 ? { sd, batch, seed } : null);

/** What a noise adds to the gradient, for each coordinate at each of so many steps; null without noise. @param {?Noise} noise @returns {?number[][]} */
export function drawsOf(noise, steps, dimension) {
  if (!noise) return null;
  const { sd, batch, seed } = noise;
  const scale = sd / Math.sqrt(batch);
  return Array.from({ length: dimension }, (_, i) => Array.from({ length: steps }, (_, step) => bell(seed, step, i) * scale));
}
