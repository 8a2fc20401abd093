import { addedIn, entryOf, ruleChange } from "./changes.js";
import { KINDS, LIMITS } from "../core/catalogue.js";
import { scheduleOfNew } from "./rate_changes.js";
import { freeLabel } from "./state.js";

// More rules in a lab, as the values of traits that change.

/** One more rule, with the first label that is free. */
export function additionOf(lab, kind, settings = KINDS[kind].settings) {
  const added = { kind, label: freeLabel(lab.rules, KINDS[kind].label), on: true, settings, schedule: scheduleOfNew(lab) };
  return { added: [...addedIn(lab), entryOf(added)] };
}

/** Settings for one more rule of a kind: its own, at half the learning rate as long as a rule has these, as its path would lie under the other. */
export function freeSettings(lab, kind) {
  let settings = KINDS[kind].settings;
  const isTaken = (rule) => rule.kind === kind && Object.entries(settings).every(([name, value]) => rule.settings[name] === value);
  while (lab.rules.some(isTaken)) settings = { ...settings, lr: Number((settings.lr / 2).toPrecision(2)) };
  return settings;
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
