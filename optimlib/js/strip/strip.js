import RANGES from "../../lab/ranges.json" with { type: "json" };
import { html, setText } from "../ui/dom.js";
import { createSlider, rateScaleOf } from "../ui/sliders.js";
import { createBars } from "./bars.js";
import { keepDrawn, traitsOf } from "./drawn.js";
import { createPlayer } from "./player.js";
import { stripRows, stripWords } from "./strip_scene.js";

const TRAITS = ["pattern", "size", "step", "steps", "settled", "patterns", "rules"];

/** The strip: one row of gradients, and as bars below it the steps that each rule makes of them. */
export function renderStrip({ model, el }) {
  const { read, set } = traitsOf(model, TRAITS);
  const { patterns, rules, steps } = read();
  const choose = (pattern) => set({ pattern, step: player.playing() ? read().step : steps });
  const choices = patterns.map(({ name }) => html("button", { type: "button", class: "ol-chip", onclick: () => choose(name) }, name));
  const size = createSlider({ name: "their size", label: "size of the gradients", scale: rateScaleOf(RANGES.size), onValue: (value) => set({ size: value }) });
  const bars = ["fed", ...rules.map(({ kind }) => kind)].map((look, i) => createBars(`ol-${look}`, i === rules.length));
  const player = createPlayer({ read, go: (step) => set({ step }), changed: () => drawn.again() });
  const words = html("p", { class: "ol-strip-words", role: "status" });
  const stage = html("div", { class: "ol-bar-rows" }, ...bars.map(({ element }) => element));
  const chosen = html(
    "div",
    { class: "ol-chips", role: "group", "aria-label": "the gradients" },
    html("span", { "aria-hidden": "true" }, "gradients"),
    ...choices,
  );
  const root = html("div", { class: "ol ol-strip", role: "group", "aria-label": "a strip of gradients" }, chosen, size.element, stage, player.element, words);

  function draw(width) {
    const state = read();
    const rows = stripRows(state);
    choices.forEach((button) => button.setAttribute("aria-pressed", String(button.textContent === state.pattern)));
    size.show(state.size);
    bars.forEach((one, i) => one.draw(rows[i], state.step, width));
    player.draw();
    if (!player.playing()) setText(words, stripWords(state, rows)); // nobody can read, or hear, a sentence a step
  }
  el.replaceChildren(root);
  const drawn = keepDrawn(model, stage, draw);
  return () => {
    drawn.end();
    player.end();
  };
}
