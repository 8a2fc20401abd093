import { html, setText } from "../ui/dom.js";
import { brakingOf } from "./run_facts.js";
import { shortText } from "./words.js";

/** The length of a bar on a scale that ends at most, in percent. */
export const lengthOf = (value, most) => Math.round(most > 0 ? Math.min((100 * value) / most, 100) : 0);

/**
 * The ends of the scales for a run, [of the brake, of the effective rate]: the largest values of the whole run, so that from step to step
 * a bar grows where the value does.
 * @param {number[][][]} braking as brakingOf gives it
 */
export const scalesOf = (braking) =>
  [0, 1].map((i) =>
    Math.max(
      0,
      ...braking
        .slice(1)
        .flatMap((pair) => pair[i])
        .filter(Number.isFinite),
    ),
  );

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
    show(pairs, scales) {
      pairs.flat().forEach((value, i) => {
        const { bar, value: text } = rows[i];
        bar.style.width = `${lengthOf(value, scales[i < 2 ? 0 : 1])}%`;
        setText(text, shortText(value));
      });
    },
  };
}

/** What brakes the next step of each rule that has a brake, on its card: cardOf(key) gives the card of a rule. A part that is on several places. */
export function createBrakeBars({ cardOf }) {
  const barsOf = new WeakMap(); // card -> its bars
  const scales = new WeakMap(); // braking -> its scales
  function show(card, braking, step) {
    if (!barsOf.has(card)) {
      const bars = createBars();
      barsOf.set(card, bars);
      card.querySelector(".ol-where").after(bars.element);
    }
    if (!scales.has(braking)) scales.set(braking, scalesOf(braking));
    barsOf.get(card).show(braking[Math.min(step + 1, braking.length - 1)], scales.get(braking));
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
