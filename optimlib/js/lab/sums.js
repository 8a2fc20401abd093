import { html, readable, setText } from "../ui/dom.js";

// The arithmetic of a step: the lines of a rule with the numbers put in, for each coordinate.

/** Four significant digits, with a true minus sign; in brackets where it is below 0, or has a power of ten, and something stands before it. */
const digits = (value) => readable(Number.isFinite(value) ? String(Number(value.toPrecision(4))) : String(value));
const inside = (value) => (value < 0 || digits(value).includes("·") ? `(${digits(value)})` : digits(value));

/**
 * A step in one coordinate: from x at the gradient g to next; before and after: what is remembered, by name.
 * @typedef {{x: number, g: number, next: number, before: Object<string, number>, after: Object<string, number>, settings: Object<string, any>}} Step
 */

const square = (g) => `${inside(g)}²`;
const moved = ({ x, next }, what, sum) => [`x ← x − η·${what}`, `${digits(x)} − ${sum}`, next];
const velocity = ({ g, before, after, settings }) => ["v ← β·v + g", `${digits(settings.beta)}·${inside(before.velocity)} + ${inside(g)}`, after.velocity];
const braked = (step) => {
  const { g, after, settings } = step;
  return moved(step, "g/√(s + ε)", `${digits(settings.lr)}·${inside(g)}/√(${digits(after.brake)} + ${digits(settings.eps)})`);
};

/** The lines of each rule for a step: [the rule's line, the same with numbers, what it comes to]. @type {Object<string, (step: Step) => any[][]>} */
const LINES = {
  gradient_descent: (step) => [moved(step, "g", `${digits(step.settings.lr)}·${inside(step.g)}`)],
  momentum: (step) => [velocity(step), moved(step, "v", `${digits(step.settings.lr)}·${inside(step.after.velocity)}`)],
  nesterov(step) {
    const { beta, lr } = step.settings;
    return [velocity(step), moved(step, "(β·v + g)", `${digits(lr)}·(${digits(beta)}·${inside(step.after.velocity)} + ${inside(step.g)})`)];
  },
  adagrad: (step) => [["s ← s + g²", `${digits(step.before.brake)} + ${square(step.g)}`, step.after.brake], braked(step)],
  rmsprop(step) {
    const { rho } = step.settings;
    return [["s ← ρ·s + (1 − ρ)·g²", `${digits(rho)}·${digits(step.before.brake)} + ${digits(1 - rho)}·${square(step.g)}`, step.after.brake], braked(step)];
  },
  adam(step) {
    const { g, before, after, settings } = step;
    const { lr, beta1, beta2, eps, correct_bias } = settings;
    const [left1, left2] = [1 - after.beta1_power, 1 - after.beta2_power];
    const [m, s] = correct_bias ? [after.average / left1, after.brake / left2] : [after.average, after.brake];
    return [
      ["m ← β₁·m + (1 − β₁)·g", `${digits(beta1)}·${inside(before.average)} + ${digits(1 - beta1)}·${inside(g)}`, after.average],
      ["s ← β₂·s + (1 − β₂)·g²", `${digits(beta2)}·${digits(before.brake)} + ${digits(1 - beta2)}·${square(g)}`, after.brake],
      ...(correct_bias
        ? [
            ["m̂ = m/(1 − β₁ᵗ)", `${digits(after.average)}/${digits(left1)}`, m],
            ["ŝ = s/(1 − β₂ᵗ)", `${digits(after.brake)}/${digits(left2)}`, s],
          ]
        : []),
      moved(step, correct_bias ? "m̂/(√ŝ + ε)" : "m/(√s + ε)", `${digits(lr)}·${inside(m)}/(√${inside(s)} + ${digits(eps)})`),
    ];
  },
};

/** The step that a run takes from a place of it, in each coordinate. @param {import("../core/descend.js").Run} run @returns {Step[]} */
export function stepsOf({ points, gradients, state, rates }, given, at) {
  const settings = rates ? { ...given, lr: rates[at] } : given;
  const part = (step, i) => Object.fromEntries(Object.entries(state).map(([name, values]) => [name, values[i][step]]));
  return points[at].map((x, i) => ({ x, g: gradients[at][i], next: points[at + 1][i], before: part(at, i), after: part(at + 1, i), settings }));
}

/** The lines of a rule's step, as text. */
export function sumsText(kind, run, settings, at) {
  const coordinates = stepsOf(run, settings, at).map((step, i) => {
    const { noise } = step.before;
    const drawn = noise === undefined ? "" : ` = ${digits(step.g - noise)} + ${inside(noise)} (noise)`;
    const lines = [`g = ${digits(step.g)}${drawn}`, ...LINES[kind](step).map(([line, sum, value]) => `${line} = ${sum} = ${digits(value)}`)];
    return lines.map((line) => `x${"₁₂"[i]}:  ${line}`).join("\n");
  });
  const rate = run.rates ? [`η = ${digits(run.rates[at])}, the rate of this step`] : [];
  return [...rate, ...coordinates].join("\n");
}

/** The part with the arithmetic of the step that comes next, at the last step of that which led there. @returns {import("./part_boxes.js").Part} */
export function createSums() {
  const title = html("p", { class: "ol-note" });
  const copied = html("pre", { class: "ol-printed ol-sums", tabindex: 0 });
  const status = html("p", { role: "status", class: "ol-note" });
  let whole = ""; // what step it is of, and its lines
  /** Copy it; where that is not allowed, the lines are selected, to be copied by hand. */
  async function copy() {
    try {
      await navigator.clipboard.writeText(whole);
      setText(status, "The arithmetic is copied.");
    } catch {
      getSelection().selectAllChildren(copied);
      setText(status, "This page may not copy: what is selected is for you to copy.");
    }
  }
  const button = html("button", { type: "button", class: "ol-chip", onclick: copy }, "Copy the arithmetic");
  return {
    element: html("div", {}, title, copied, button, status),
    draw({ shown, step, steps }) {
      const at = Math.min(step, steps - 1);
      const which = step < steps ? `The next step, ${at + 1} of ${steps}` : `The last step, ${steps}`;
      const heading = `${which}, with the numbers put in:`;
      const texts = shown.map(({ rule, run }) => {
        const isKnown = LINES[rule.kind] && run.gradients && run.points.length > at + 1;
        return `${rule.label}\n${isKnown ? sumsText(rule.kind, run, rule.settings, at) : "only its Python knows"}`;
      });
      setText(title, heading);
      setText(copied, texts.join("\n\n"));
      const now = [heading, ...texts].join("\n\n");
      if (now !== whole) setText(status, ""); // what was copied is something else
      whole = now;
    },
  };
}
