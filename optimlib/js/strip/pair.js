import RANGES from "../../lab/ranges.json" with { type: "json" };
import { html, setText } from "../ui/dom.js";
import { createSlider, linearScale, rateScaleOf } from "../ui/sliders.js";
import { followPairLinks, pairIn } from "./pair_links.js";
import { pairViews, pairWords } from "./pair_scene.js";
import { createPairValley } from "./pair_valley.js";
import { createWayBack } from "../ui/way_back.js";
import { keepDrawn, traitsOf } from "./drawn.js";
import { createPlayer } from "./player.js";

const TRAITS = ["condition", "angle", "steepest", "start", "step", "steps", "rules"];
const GAP = 16; // between the two, in pixels

/** Two valleys side by side at one scale, one of them turned, and one set of controls for both. */
export function renderPair({ model, el, kernel = true }) {
  const { read, set } = traitsOf(model, TRAITS);
  const { rules } = read();
  const valleys = [createPairValley(rules), createPairValley(rules)];
  const condition = createSlider({
    name: "condition number",
    label: "condition number of both valleys",
    scale: rateScaleOf(RANGES.condition),
    onValue: (value) => set({ condition: value }),
  });
  const angle = createSlider({
    name: "angle",
    label: "angle of the second valley",
    scale: linearScale(RANGES.angle[0], RANGES.angle[1], 1),
    onValue: (value) => set({ angle: value }),
  });
  const player = createPlayer({ read, go: (step) => set({ step }), changed: () => drawn.again() });
  const stage = html("div", { class: "ol-pair-stage" }, ...valleys.map(({ element }) => element));
  const what = html("p", { class: "ol-pair-what" }, "Bars: the distance still to go, full at the start.");
  const words = html("p", { class: "ol-unseen", role: "status" });
  const wayBack = createWayBack();
  const sliders = html("div", { class: "ol-pair-sliders" }, condition.element, angle.element);
  const root = html(
    "div",
    { class: "ol ol-pair", role: "group", "aria-label": "a straight valley and a turned one" },
    stage,
    what,
    player.element,
    sliders,
    wayBack.element,
    words,
  );

  function draw(width) {
    const state = read();
    const views = pairViews(state);
    valleys.forEach((valley, i) => valley.draw(views[i], state.step, Math.floor((width - GAP) / 2)));
    condition.show(state.condition);
    angle.show(state.angle, `${state.angle}°`);
    player.draw();
    if (!player.playing()) setText(words, pairWords(state, views));
  }
  el.replaceChildren(root);
  const drawn = keepDrawn(model, root, draw);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const show = (wanted) => set({ ...wanted, step: read().steps });
  const unfollow = followPairLinks(root, (wanted, link) => {
    const { condition: before, angle: turn, step } = read();
    wayBack.from(link, () => {
      player.end();
      set({ condition: before, angle: turn, step });
    });
    show(wanted);
    if (!calm.matches) player.replay(); // also where it showed this before: one sees that the link did something
  });
  const wanted = kernel ? null : pairIn(location.hash); // JupyterLab keeps the address for itself
  if (wanted) show(wanted);
  return () => {
    drawn.end();
    player.end();
    wayBack.end();
    unfollow();
  };
}
