import { isConstant } from "../core/schedules.js";

// What a reader does to a lab, as the values of traits that change. Nothing here writes them.

/** A rule as the trait "added" holds it. @param {{kind: string, label: string, on: boolean, settings: any, schedule: import("../core/schedules.js").Schedule}} rule */
export const entryOf = ({ kind, label, on, settings, schedule }) => ({ kind, label, on, ...settings, ...(!isConstant(schedule) && { schedule }) });

/** The rules that were added, as that trait holds them. */
export const addedIn = ({ rules }) => rules.filter(({ place }) => place !== null).map(entryOf);

/** Traits of a rule that the lab was made with: "momentum_lr" and the like. */
export const ownTraits = (key, values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [`${key}_${name}`, value]));

/** "on" or settings of a rule: traits of its own, or a place in the list of those that were added. */
export function ruleChange(lab, { key, place }, values) {
  if (place === null) return ownTraits(key, values);
  return { added: addedIn(lab).map((rule, i) => (i === place ? { ...rule, ...values } : rule)) };
}

/** Without the rule that was added at this place. */
export const removalOf = (lab, place) => ({ added: addedIn(lab).filter((_, i) => i !== place) });

/** At a step, and standing. */
export const stepChange = ({ steps }, step) => ({ step: Math.min(Math.max(step, 0), steps), playing: false });

/** Whether a part is open: a guess that Python asks for opens its panel. */
export const isOpen = (lab, name) => lab.show.includes(name) || (name === "predict" && lab.predict !== "");

/** A part opened where it is closed, and closed where it is open. */
export function partChange(lab, name) {
  if (!isOpen(lab, name)) return { show: [...lab.show, name] };
  return { show: lab.show.filter((one) => one !== name), ...(name === "predict" && { predict: "" }) };
}
