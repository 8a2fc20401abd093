import { RULES } from "../core/rules.js";
import { addedIn, ownTraits } from "./changes.js";

/** The settings that a lab has now, as the values that give them back. What the reader wrote, and which parts are open, stays. */
export function resetTo(lab) {
  const { steps, step, start, predict, contours, ground, curvatures, angle, noise, own } = lab;
  const made = lab.rules.filter(({ place }) => place === null);
  const world = contours ? {} : { ground, curvatures, angle, own_rule_on: own.on };
  const rules = made.map(({ key, kind, on, schedule, settings }) => ownTraits(key, { on, ...(RULES[kind] && { schedule }), ...settings }));
  return Object.assign({ playing: false, steps, step, start, noise, predict, added: addedIn(lab), ...world }, ...rules);
}
