import { descend } from "../core/descend.js";
import { RULES } from "../core/rules.js";
import { quadratic } from "../core/surface.js";
import { frameAround } from "../valley/frame.js";
import { remembered } from "./remembered.js";

/**
 * What is worked out from a run once.
 * @typedef {object} Facts
 * @property {number[]} across the position in the steepest direction, at each point
 * @property {number[][][]|undefined} braking for a rule with a brake, as brakingOf gives it
 * @property {number[][]} rates what the step from each point multiplies the gradient by, in each coordinate
 */

/** For each point of a run what the step that led there divided the gradient by and what it multiplied it by, in each coordinate. */
export function brakingOf({ state }, { lr, eps }) {
  const brakes = state?.brake?.map((pair) => pair.map((s) => Math.sqrt(s + eps)));
  return brakes?.map((brake) => [brake, brake.map((root) => lr * (root === 0 ? 0 : 1 / root))]);
}

/** @returns {Facts} */
function factsOf({ replay, settings }, run, surface) {
  const steepest = surface && surface.curvatures[0] > surface.curvatures[1] ? 0 : 1;
  const across = run.points.map((point) => (surface ? surface.axes(point)[steepest] : point[1]));
  const braking = replay ? undefined : brakingOf(run, settings);
  const flat = [settings.lr, settings.lr];
  const rates = replay ? [] : run.points.slice(1).map((_, step) => braking?.[step + 1][1] ?? flat);
  return { across, braking, rates };
}

/**
 * What is computed from a lab, each thing again only when what it depends on is another: what is asked for twice is the same
 * object, and whoever draws it sees by that whether anything changed.
 */
export function createResults() {
  const surfaceOf = remembered(quadratic);
  const frameOf = remembered((curvatures, angle, home) => frameAround(quadratic(curvatures, angle), home));
  const runs = new Map(); // key of a rule -> its run, remembered
  const known = new WeakMap(); // run -> {surface, facts}
  const runOf = (kind, settings, curvatures, angle, start, steps) => descend(quadratic(curvatures, angle), RULES[kind], settings, start, steps);
  return {
    /** The valley, or null where the surface is one that only Python knows. */
    surface: ({ contours, curvatures, angle }) => (contours ? null : surfaceOf(curvatures, angle)),
    /** What is seen of the plane, for a start at home. */
    frame: ({ contours, curvatures, angle }, home) => contours?.frame ?? frameOf(curvatures, angle, home),
    /** The run of a rule. */
    run(rule, { curvatures, angle, start, steps }) {
      if (rule.replay) return rule.replay;
      if (!runs.has(rule.key)) runs.set(rule.key, remembered(runOf));
      return runs.get(rule.key)(rule.kind, rule.settings, curvatures, angle, start, steps);
    },
    /** @returns {Facts} */
    facts(rule, run, surface) {
      if (known.get(run)?.surface !== surface || !known.has(run)) known.set(run, { surface, facts: factsOf(rule, run, surface) });
      return known.get(run).facts;
    },
  };
}
