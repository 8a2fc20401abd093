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
 * @property {import("./feed.js").Pattern} end
 */

/** A number in three digits, and what is only rounding as 0. */
export function threeDigits(value) {
  return Math.abs(value) < 1e-9 ? "0" : String(Number(value.toPrecision(3))).replace("-", "−");
}

/** "drift 10, swing 3.68" */
export const endWords = ({ drift, swing }) => `drift ${threeDigits(drift)}, swing ${threeDigits(swing)}`;

const chosenOf = (patterns, name) => patterns.find((one) => one.name === name);

/** The gradients, and what each rule makes of them. @param {StripState} state @returns {StripRow[]} */
export function stripRows({ pattern, size, steps, settled, patterns, rules }) {
  const fed = [
    { name: "gradients", look: "ol-fed", answer: (gradients) => gradients },
    ...rules.map((rule) => ({ name: `${rule.label}’s steps, over η`, look: `ol-${rule.kind}`, answer: (gradients) => movesOf(rule, gradients) })),
  ];
  return fed.map(({ name, look, answer }) => {
    const rows = patterns.map((one) => answer(gradientsOf(one, 1, steps)));
    const long = answer(gradientsOf(chosenOf(patterns, pattern), size, settled));
    return { name, look, values: long.slice(0, steps), limit: Math.max(...rows.flat().map(Math.abs)), end: endOf(long) };
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
