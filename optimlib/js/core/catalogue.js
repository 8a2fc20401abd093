import CATALOGUE from "../../catalogue.json" with { type: "json" };

// What is known of the rules and of a lab: optimlib/catalogue.py says what each of these is.

/**
 * @typedef {object} Kind
 * @property {string} [label]
 * @property {Object<string, any>} [settings]
 * @property {Object<string, number>} [remembers]
 * @property {string} marker
 * @property {string} [dash]
 */

/** @type {Object<string, Kind>} */
export const KINDS = { ...CATALOGUE.rules, ...CATALOGUE.others };
export const SETTINGS = CATALOGUE.settings;
export const DASHES = CATALOGUE.dashes;
export const LIMITS = CATALOGUE.limits;
export const LAYERS = CATALOGUE.layers;
export const INNER = CATALOGUE.inner;
export const PANELS = CATALOGUE.panels;
export const QUESTIONS = CATALOGUE.questions;
