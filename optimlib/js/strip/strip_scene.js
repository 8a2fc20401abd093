import { KINDS } from "../core/catalogue.js";
import { roundedText } from "../ui/dom.js";
import { endOf, gradientsOf, movesOf } from "./feed.js";

/**
 * The traits of a Strip.
 * @typedef {object} StripState
 * @property {string} pattern
 * @property {number} size what all gradients are multiplied by
 * @property {number} step
 * @property {number} steps how many are drawn
 * @property {number} settled after how many steps it is seen what they come to in the end
 * @property {import("./feed.js").Pattern[]} patterns by name
 * @property {{kind: string, label: string, settings: Object<string, number>}[]} rules
 *
 * A row of bars.
 * @typedef {object} StripRow
 * @property {string} name
 * @property {string} look its class in CSS, which gives the colour
 * @property {number[]} values
 * @property {number} limit the largest value that it has room for: one for all patterns and sizes, so that bars can be compared
 * @property {string} scale what its bars can be compared with, in words, or ""
 * @property {import("./feed.js").Pattern} end
 */

/** A gradient or a step is around 1: what is below this is what rounding has left of 0. */
const ROUNDING = 1e-9;
const threeDigits = (value) => roundedText(value, ROUNDING);

/** "drift 10, swing 3.68" */
export const endWords = ({ drift, swing }) => `drift ${threeDigits(drift)}, swing ${threeDigits(swing)}`;

const chosenOf = (patterns, name) => patterns.find((one) => one.name === name);

/** Whether a rule's steps over η are gradients that are added up, and so have their scale. A brake takes away how large a gradient is. */
const isOfGradients = ({ kind }) => !("brake" in KINDS[kind].remembers);

/** The gradients, and what each rule makes of them. @param {StripState} state @returns {StripRow[]} */
export function stripRows({ pattern, size, steps, settled, patterns, rules }) {
  const fed = [
    { name: "gradients", look: "ol-fed", scale: "", answer: (gradients) => gradients },
    ...rules.map((rule) => ({
      name: `${rule.label}’s steps, over η`,
      look: `ol-${rule.kind}`,
      scale: isOfGradients(rule) ? "to the scale of the gradients" : "not to scale with the gradients",
      answer: (gradients) => movesOf(rule, gradients),
    })),
  ];
  const most = ({ answer }) => Math.max(...patterns.flatMap((one) => answer(gradientsOf(one, 1, steps))).map(Math.abs));
  const shared = Math.max(...fed.filter((_, i) => i === 0 || isOfGradients(rules[i - 1])).map(most));
  return fed.map(({ name, look, scale, answer }, i) => {
    const long = answer(gradientsOf(chosenOf(patterns, pattern), size, settled));
    const limit = i === 0 || isOfGradients(rules[i - 1]) ? shared : most(fed[i]);
    return { name, look, scale, values: long.slice(0, steps), limit, end: endOf(long) };
  });
}

/** What is shown, in words. @param {StripState} state @param {StripRow[]} rows */
export function stripWords(state, rows) {
  const { step, steps, rules } = state;
  const [gradients, ...made] = rows;
  const told = (tell) => rules.map(({ label }, i) => `${label}’s ${tell(made[i])}`).join(", ");
  if (step === 0) return "No step is taken yet.";
  if (step < steps)
    return `Step ${step}: the gradient is ${threeDigits(gradients.values[step - 1])}; over η, ${told(({ values }) => `step is ${threeDigits(values[step - 1])}`)}.`;
  const { drift, swing } = chosenOf(state.patterns, state.pattern);
  const [steady, flip] = [drift, swing].map((part) => threeDigits(part * state.size));
  if (swing === 0) return `Where the gradient stays ${steady}: in the end ${told(({ end }) => `step is ${threeDigits(end.drift)}`)}, over η.`;
  if (drift === 0)
    return `Where the gradient flips between ${flip} and −${flip}: in the end ${told(({ end }) => `step is ${threeDigits(end.swing)} to and fro`)}, over η.`;
  const leads = ({ end }) => `${endWords(end)}: its steps ${end.drift > end.swing ? "lead on" : "go to and fro"}.`;
  return `In the end, over η, of drift ${steady}, swing ${flip}: ${rules.map(({ label }, i) => `${label} makes ${leads(made[i])}`).join(" ")}`;
}
