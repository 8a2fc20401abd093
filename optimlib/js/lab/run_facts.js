/**
 * What is worked out from a line of a lab for its plots and measures.
 * @typedef {object} RunFacts
 * @property {number[]} across the position in the steepest direction, at each point
 * @property {number[][]} rates what the step from each point multiplies the gradient by, in each coordinate
 */

/** @param {import("./scene.js").Line} line @returns {RunFacts} */
export function runFactsOf({ rule: { replay, settings }, run, braking }, surface) {
  const steepest = surface && surface.curvatures[0] > surface.curvatures[1] ? 0 : 1;
  const across = run.points.map((point) => (surface ? surface.axes(point)[steepest] : point[1]));
  const flat = [settings.lr, settings.lr];
  const rates = replay ? [] : run.points.slice(1).map((_, step) => braking?.[step + 1][1] ?? flat);
  return { across, rates };
}
