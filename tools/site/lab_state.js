// The state of a lab that no notebook saved: that of a finding, or of a link.

import PRESETS from "../../optimlib/lab/findings.json" with { type: "json" };
import { KINDS } from "../../optimlib/js/core/catalogue.js";
import { RULES } from "../../optimlib/js/core/rules.js";
import { CONSTANT } from "../../optimlib/js/core/schedules.js";
import { presetIn } from "../../optimlib/js/lab/finding_links.js";
import { presetValues } from "../../optimlib/js/lab/findings.js";
import { LONGEST_LINK, readLink, ruleText } from "../../optimlib/js/lab/link.js";
import { freeLabel } from "../../optimlib/js/lab/state.js";

/** What a lab shows that was asked for nothing. */
const USUAL = "both-arrive";

/** A lab without rules and parts: all that it then has comes from a finding or from a link. */
const EMPTY = { rules: [], show: [] };

/** What a lab has whose reader has written no rule. */
const NO_OWN_RULE = { own_rule: "", own_rule_on: true, own_rule_draft: null, own_rule_run: 0, own_rule_reply: {} };

/**
 * The traits of a lab that is made with the rules that these values add.
 * @param {Object<string, any>} values traits of a lab, as presetValues and readLink give them
 * @returns {Object<string, any>}
 */
function madeOf({ added, ...values }) {
  const rules = [];
  const traits = {};
  for (const { kind, label: given, on = true, ...settings } of added) {
    const label = freeLabel(rules, given || KINDS[kind].label);
    const key = label.toLowerCase().replace(/\W+/g, "_");
    const names = Object.keys(KINDS[kind].settings);
    rules.push({ key, kind, label, settings: names });
    traits[`${key}_on`] = on;
    for (const name of names) traits[`${key}_${name}`] = settings[name];
    traits[`${key}_schedule`] = settings.schedule ?? CONSTANT;
  }
  return { contours: {}, ground: {}, replays: {}, number: 1, ...values, rules, ...traits, added: [], ...NO_OWN_RULE };
}

/** The traits of a lab that shows a finding, or null where there is none of this id. */
export function stateOfFinding(id) {
  const preset = PRESETS.find((one) => one.id === id);
  return preset ? madeOf(presetValues(preset, EMPTY)) : null;
}

/** The kind of the rule that has this key in some lab of the course, or undefined. */
const kindOfKey = (key) =>
  Object.keys(RULES)
    .filter((kind) => key.startsWith(kind))
    .sort((a, b) => b.length - a.length)[0];

/** The rule that a link of version v holds as "kind,on,settings", or undefined where it is not usable. */
const ruleIn = (text, v) => /** @type {any} */ (readLink(`#${new URLSearchParams({ lab: "1", v, add: text })}`, EMPTY, 1).values).added?.[0];

/**
 * The traits of the lab that an address asks for, and its address: a link to any lab of the course is one to this lab, whose
 * rules are those of the link. What of it is not usable stays in the address, and the lab says so.
 * @param {string} hash
 */
export function labOf(hash) {
  const found = stateOfFinding(presetIn(hash));
  if (found) return { state: found, hash };
  const usual = stateOfFinding(USUAL);
  if (!hash.startsWith("#lab=")) return { state: usual, hash };
  const first = hash.replace(/^#lab=[^&]*/, "#lab=1");
  if (hash.length > LONGEST_LINK) return { state: usual, hash: first };
  const parts = new URLSearchParams(first.slice(1));
  const named = [...parts].filter(([name]) => name.startsWith("rule.")).map(([name, text]) => [kindOfKey(name.slice(5)), text].join());
  const texts = [...named, ...parts.getAll("add")];
  const usable = texts.map((text) => ruleIn(text, parts.get("v")));
  const added = usable.filter(Boolean);
  if (added.length === 0) return { state: usual, hash: first };
  for (const name of [...parts.keys()].filter((name) => name === "add" || name.startsWith("rule."))) parts.delete(name);
  const state = madeOf({ ...usual, ...readLink(`#${parts}`, EMPTY, 1).values, added });
  for (const { key, settings } of state.rules) {
    const values = settings.map((name) => state[`${key}_${name}`]);
    parts.append(`rule.${key}`, ruleText(state[`${key}_on`], values, state[`${key}_schedule`]));
  }
  for (const text of texts.filter((_, i) => !usable[i])) parts.append("add", text);
  return { state, hash: `#${parts}` };
}

/** The saved state of labs as a page holds it, for host.js. @param {Object<string, object>} states traits by the id of the lab */
export function savedState(states) {
  const record = (state) => ({ model_name: "AnyModel", model_module: "anywidget", state: { _anywidget_id: "optimlib.lab.Lab", ...state } });
  return { state: Object.fromEntries(Object.entries(states).map(([id, state]) => [id, record(state)])) };
}

/** Put it into the page, where host.js finds it. */
export function putStates(states) {
  const script = document.createElement("script");
  script.type = "application/vnd.jupyter.widget-state+json";
  script.textContent = JSON.stringify(savedState(states));
  document.body.append(script);
}
