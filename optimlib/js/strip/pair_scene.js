import { DASHES, KINDS } from "../core/catalogue.js";
import { descend } from "../core/descend.js";
import { RULES } from "../core/rules.js";
import { quadratic } from "../core/surface.js";

/**
 * The traits of a Pair.
 * @typedef {object} PairState
 * @property {number} condition number
 * @property {number} angle by which the second valley is turned, in degrees
 * @property {number} steepest the curvature across the valley
 * @property {number[]} start in the directions of the valley
 * @property {number} step
 * @property {number} steps
 * @property {{kind: string, label: string, settings: Object<string, number>}[]} rules
 *
 * One of the two valleys.
 * @typedef {object} PairView
 * @property {string} name
 * @property {import("../valley/frame.js").Frame} frame
 * @property {number} highest the loss of the outermost line
 * @property {ReturnType<typeof quadratic>} surface
 * @property {import("../valley/run_view.js").DrawnRun[]} runs
 * @property {number[]} toGo of each run, its distance from the lowest point as a share of the start's
 */

/** How far paths are seen to go, as shares of the start along and across: to the start, over the floor, to the lowest point. */
const REACHES = [
  [1, 1],
  [0.85, -1.5],
  [0, 0],
];

/** The room about them, as a share of the start's distance. */
const ROOM = 0.09;

/** How far a point is from the lowest one: by a root, which every machine takes alike. @param {number[]} point */
const lengthOf = ([x, y]) => Math.sqrt(x * x + y * y);

/** A square about where paths go in a turned valley: its side is the same for every angle, so that all are drawn at one scale. */
function squareAbout(surface, start) {
  const places = REACHES.map(([along, across]) => surface.fromAxes([along * start[0], across * start[1]]));
  const far = Math.max(...REACHES.map(([along, across]) => lengthOf([along * start[0], across * start[1]])));
  const half = far * (0.5 + ROOM);
  const [x, y] = [0, 1].map((i) => {
    const values = places.map((place) => place[i]);
    const middle = (Math.min(...values) + Math.max(...values)) / 2;
    return [middle - half, middle + half];
  });
  return { x, y, half };
}

/** The straight valley and the turned one, with the same rules in both. @param {PairState} state @returns {PairView[]} */
export function pairViews({ condition, angle, steepest, start, step, steps, rules }) {
  return [0, angle].map((turn, i) => {
    const surface = quadratic([steepest / condition, steepest], turn);
    const from = surface.fromAxes(start);
    const runs = rules.map(({ kind, settings }, n) => {
      const { points } = descend(surface, RULES[kind], settings, from, steps);
      return { key: kind, on: true, points, look: `ol-${kind}`, marker: KINDS[kind].marker, dash: DASHES[n] };
    });
    const toGo = runs.map(({ points }) => lengthOf(points[step]) / lengthOf(from));
    const { half, ...frame } = squareAbout(surface, start);
    return { name: i === 0 ? "Straight" : `Turned by ${angle}°`, frame, highest: steepest * half * half, surface, runs, toGo };
  });
}

/** A share as "0.14 %", in two digits; "≈ 0 %" for what no eye tells from none. */
export function shareText(share) {
  return share < 5e-5 ? "≈ 0 %" : `${Number((100 * share).toPrecision(2))} %`;
}

/** What is shown, in words. @param {PairState} state @param {PairView[]} views */
export function pairWords({ step, condition, rules }, views) {
  const words = views.map(({ name, toGo }) => `${name}: ${rules.map(({ label }, i) => `${label} ${shareText(toGo[i])}`).join(", ")}`);
  return `Condition number ${condition}, after ${step} steps. Still to go, of the start's distance. ${words.join(". ")}.`;
}
