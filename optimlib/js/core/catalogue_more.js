import CATALOGUE from "../../catalogue.json" with { type: "json" };

// What of the catalogue no lab needs at first: tools/site/bundle.mjs leaves it out of the first script of a page.

/** The class of each rule in Python, by kind. */
export const CLASSES = Object.fromEntries(Object.entries(CATALOGUE.rules).map(([kind, rule]) => [kind, rule.class]));

/** The rules that have a map, by kind: the label, the setting beside lr (over), and what is counted at first (counts). @type {Object<string, {label: string, over: string, counts: string}>} */
export const MAPPED = Object.fromEntries(
  Object.entries(CATALOGUE.rules).flatMap(([kind, rule]) => ("map" in rule ? [[kind, { label: rule.label, ...rule.map }]] : [])),
);

/**
 * How a learning rate may change, by kind: the class in Python and its setting, and words and a slider for that; "constant" has only the name and what it is.
 * @type {Object<string, {name: string, about: string, class?: string, setting?: string, short?: string, default?: number, slider?: any}>}
 */
export const SCHEDULE_FACTS = CATALOGUE.schedules;

/** The words of the parts that open from a panel, and of what a lab can ask: at first their names are enough. @type {Object<string, string>} */
export const INNER_WORDS = CATALOGUE.inner;
/** @type {Object<string, string>} */
export const QUESTION_WORDS = CATALOGUE.questions;

/** What a setting means, by its name. @param {string} name */
export const aboutOf = (name) => CATALOGUE.settings[name].about;
