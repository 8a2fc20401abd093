// What is measured on a run, with the definitions of optimlib.measures.

/** A loss is as good as gone at this share of its start. */
export const TOLERANCE = 1e-6;

/** A crossing counts while the coordinate is above this share of its start. */
const LANDED = 1e-3;

/** The first step whose loss is at most tolerance times the loss at the start, or null. */
export function stepsToReach(losses, tolerance = TOLERANCE) {
  for (let step = 0; step < losses.length; step++) if (losses[step] <= tolerance * losses[0]) return step;
  return null;
}

/** The first step from which the loss stays at most tolerance times the loss at the start, or null. */
export function stepsToStay(losses, tolerance = TOLERANCE) {
  let step = losses.length;
  while (step > 0 && losses[step - 1] <= tolerance * losses[0]) step--;
  return step === losses.length ? null : step;
}

/** How often a coordinate crosses 0 while above 1e-3 of its start; values of exactly 0 are passed over. */
export function crossings(series) {
  let count = 0;
  let before = series[0];
  for (let i = 1; i < series.length; i++) {
    const value = series[i];
    if (value === 0) continue;
    const changesSign = (before < 0 && value > 0) || (value < 0 && before > 0);
    if (changesSign && Math.max(Math.abs(before), Math.abs(value)) > LANDED * Math.abs(series[0])) count++;
    before = value;
  }
  return count;
}

/** The sum of the squares of a coordinate after each step, the start left out. */
export function sumOfSquares(series) {
  let total = 0;
  for (let i = 1; i < series.length; i++) total = total + series[i] * series[i];
  return total;
}

/** The share of the way from the start to the floor, at 0, that is covered at the end; NaN from the floor. */
export function progress(series) {
  if (series[0] === 0) return NaN;
  return 1 - Math.abs(series[series.length - 1]) / Math.abs(series[0]);
}

/** As many jumps from side to side of the same size are bouncing. */
const BOUNCES = 10;

/** How far from the floor a coordinate ends, jumping from side to side without coming nearer; else null. */
export function bouncing(series) {
  const last = series.slice(-BOUNCES - 1);
  if (last.length <= BOUNCES || !last.every((b, i) => i === 0 || (last[i - 1] < 0 && b > 0) || (b < 0 && last[i - 1] > 0))) return null;
  const sizes = last.map(Math.abs);
  const most = Math.max(...sizes);
  return most < Infinity && most - Math.min(...sizes) <= 0.01 * most ? most : null;
}
