import { addedIn, ruleChange } from "./changes.js";
import { KINDS, LIMITS } from "../core/catalogue.js";
import { freeLabel } from "./state.js";

// More rules in a lab, as the values of traits that change.

/** One more rule, with the first label that is free. */
export function additionOf(lab, kind, settings = KINDS[kind].settings) {
  return { added: [...addedIn(lab), { kind, label: freeLabel(lab.rules, KINDS[kind].label), on: true, ...settings }] };
}

/**
 * A rule of this kind at these settings, the lab's own or one that is added, for so many steps at least.
 * @returns {?object} null where there is no room for it
 */
export function pickChange(lab, { kind, ...settings }, steps) {
  const rule = lab.rules.find((one) => one.kind === kind);
  if (!rule && lab.rules.length >= LIMITS.rules) return null;
  const change = rule ? ruleChange(lab, rule, { on: true, ...settings }) : additionOf(lab, kind, { ...KINDS[kind].settings, ...settings });
  return { ...change, ...(steps > lab.steps && { steps, step: steps }) };
}
