import { html, setText } from "../ui/dom.js";
import { brakingOf } from "./run_facts.js";
import { shortText } from "./words.js";

/** The length of a bar on a scale that ends at most, in percent. */
export const lengthOf = (value, most) => Math.round(most > 0 ? Math.min((100 * value) / most, 100) : 0);

/**
 * The end of the scale for bars over a run: the largest value of all its steps, so that from step to step a bar grows where the value does.
 * @param {number[][]} lines of each coordinate, over the points: the first is of no step
 */
export function scaleOf(lines) {
  let most = 0;
  for (const line of lines) {
    for (let step = 1; step < line.length; step++) if (line[step] > most && line[step] < Infinity) most = line[step];
  }
  return most;
}

/** The bars of a braked rule, for each coordinate: the brake, which divides the gradient, and the effective rate. */
function createBars() {
  const rows = [];
  const row = (name, coordinate) => {
    const [bar, value] = [html("i"), html("span")];
    rows.push({ bar, value });
    return [html("span", {}, name), html("span", {}, coordinate), html("span", { class: "ol-gauge" }, bar), value];
  };
  const element = html("div", { class: "ol-bars" }, ...row("brake", "x₁"), ...row("", "x₂"), ...row("effective rate", "x₁"), ...row("", "x₂"));
  return {
    element,
    /** @param {import("./run_facts.js").Braking} braking @param {number[]} scales the ends of the scales of the brakes and of the rates */
    show({ brakes, rates }, step, scales) {
      [brakes, rates].forEach((lines, i) => {
        lines.forEach((line, coordinate) => {
          const { bar, value: text } = rows[2 * i + coordinate];
          const value = line[Math.min(step, line.length - 1)];
          bar.style.width = `${lengthOf(value, scales[i])}%`;
          setText(text, shortText(value));
        });
      });
    },
  };
}

/** What brakes the next step of each rule that has a brake, on its card: cardOf(key) gives the card of a rule. A part that is on several places. */
export function createBrakeBars({ cardOf }) {
  const barsOf = new WeakMap(); // card -> its bars
  const scales = new WeakMap(); // braking -> the ends of its scales
  function show(card, braking, step) {
    if (!barsOf.has(card)) {
      const bars = createBars();
      barsOf.set(card, bars);
      card.querySelector(".ol-where").after(bars.element);
    }
    if (!scales.has(braking)) scales.set(braking, [braking.brakes, braking.rates].map(scaleOf));
    barsOf.get(card).show(braking, step + 1, scales.get(braking));
  }
  return {
    element: html("div"),
    draw({ lines, step }) {
      for (const { rule, run } of lines) {
        const braking = brakingOf(rule, run);
        if (braking) show(cardOf(rule.key), braking, step);
      }
    },
  };
}
