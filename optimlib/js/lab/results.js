import { descend } from "../core/descend.js";
import { drawsOf, noiseOf } from "../core/noise.js";
import { RULES } from "../core/rules.js";
import { ratesOf } from "../core/schedules.js";
import { surfaceOf } from "../core/surface.js";
import { frameAround } from "../valley/frame.js";
import { remembered } from "./remembered.js";

/**
 * What is computed from a lab, each thing again only when what it depends on is another: what is asked for twice is the same
 * object, and whoever draws it sees by that whether anything changed.
 */
export function createResults() {
  const surfaceFor = remembered((ground, curvatures, angle) => surfaceOf({ ground, curvatures, angle }));
  const frameFor = remembered((ground, curvatures, angle, home) => frameAround(surfaceOf({ ground, curvatures, angle }), home));
  const runs = new Map(); // key of a rule -> its run, remembered
  const drawsFor = remembered((noise, count) => drawsOf(noiseOf(noise), count, 2)); // all rules meet the same noise
  const runOf = (kind, settings, schedule, ground, curvatures, angle, start, steps, noise) =>
    descend(surfaceOf({ ground, curvatures, angle }), RULES[kind], settings, start, steps, {
      rates: ratesOf(schedule, settings.lr, steps),
      draws: drawsFor(noise, steps + 1),
    });
  return {
    /** The surface, or null where it is one that only Python knows. */
    surface: ({ contours, ground, curvatures, angle }) => (contours ? null : surfaceFor(ground, curvatures, angle)),
    /** What is seen of the plane, for a start at home. */
    frame: ({ contours, ground, curvatures, angle }, home) => contours?.frame ?? frameFor(ground, curvatures, angle, home),
    /** The run of a rule. */
    run(rule, { ground, curvatures, angle, start, steps, noise }) {
      if (rule.replay) return rule.replay;
      if (!runs.has(rule.key)) runs.set(rule.key, remembered(runOf));
      return runs.get(rule.key)(rule.kind, rule.settings, rule.schedule, ground, curvatures, angle, start, steps, noise);
    },
  };
}
