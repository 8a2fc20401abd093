import { descend } from "../core/descend.js";
import { noiseOf } from "../core/noise.js";
import { RULES } from "../core/rules.js";
import { ratesOf } from "../core/schedules.js";
import { quadratic } from "../core/surface.js";
import { frameAround } from "../valley/frame.js";
import { remembered } from "./remembered.js";

/**
 * What is computed from a lab, each thing again only when what it depends on is another: what is asked for twice is the same
 * object, and whoever draws it sees by that whether anything changed.
 */
export function createResults() {
  const surfaceOf = remembered(quadratic);
  const frameOf = remembered((curvatures, angle, home) => frameAround(quadratic(curvatures, angle), home));
  const runs = new Map(); // key of a rule -> its run, remembered
  const runOf = (kind, settings, schedule, curvatures, angle, start, steps, noise) =>
    descend(quadratic(curvatures, angle), RULES[kind], settings, start, steps, { rates: ratesOf(schedule, settings.lr, steps), noise: noiseOf(noise) });
  return {
    /** The valley, or null where the surface is one that only Python knows. */
    surface: ({ contours, curvatures, angle }) => (contours ? null : surfaceOf(curvatures, angle)),
    /** What is seen of the plane, for a start at home. */
    frame: ({ contours, curvatures, angle }, home) => contours?.frame ?? frameOf(curvatures, angle, home),
    /** The run of a rule. */
    run(rule, { curvatures, angle, start, steps, noise }) {
      if (rule.replay) return rule.replay;
      if (!runs.has(rule.key)) runs.set(rule.key, remembered(runOf));
      return runs.get(rule.key)(rule.kind, rule.settings, rule.schedule, curvatures, angle, start, steps, noise);
    },
  };
}
