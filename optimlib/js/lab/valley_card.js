import { INNER_WORDS } from "../core/catalogue_more.js";
import { html, setText } from "../ui/dom.js";
import { createSlider, linearScale, rateScale } from "../ui/sliders.js";
import { GROUNDS, quadratic } from "../core/surface.js";

/** The curvatures of a valley of this condition number: the largest stays, in the steepest direction, 0 or 1, and the smaller one gives way. */
export function withCondition(curvatures, kappa, steepest) {
  const largest = Math.max(...curvatures);
  return steepest === 0 ? [largest, largest / kappa] : [largest / kappa, largest];
}

/** The start that lies in the turned valley where the start lay in this one. */
export function turnedStart({ curvatures, angle, start }, turned) {
  return quadratic(curvatures, turned).fromAxes(quadratic(curvatures, angle).axes(start));
}

const STEP_SCALE = { places: 44, at: (place) => (place < 19 ? place + 1 : place < 35 ? 5 * (place - 15) : 100 * (place - 34)), placeOf: placeOfSteps };

function placeOfSteps(steps) {
  if (steps < 20) return steps - 1;
  return steps < 100 ? Math.round(steps / 5) + 15 : Math.min(Math.round(steps / 100) + 34, 44);
}

/** A slider over the sizes of a minibatch. */
const BATCHES = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const BATCH_SCALE = { places: BATCHES.length - 1, at: (place) => BATCHES[place], placeOf: (size) => BATCHES.findLastIndex((one) => one <= size) };

const say = (text) => (words) => setText(words, text);

/** Sliders for the noise of minibatches, another seed, and twelve of them at once. put([sd, batch, seed]) sets it. */
function createNoiseControls({ put, toggleSeeds }) {
  let [sd, batch, seed] = [0, 1, 0];
  const size = createSlider({
    name: "noise σ",
    label: "noise of the gradient",
    explain: say("The standard deviation of the gradient of one example, in each coordinate. The losses shown are without noise."),
    scale: linearScale(0, 4, 0.05),
    onValue: (value) => put([value, batch, seed]),
  });
  const examples = createSlider({
    name: "minibatch m",
    label: "size of the minibatch",
    explain: say("How many examples’ gradients are averaged in a step: the noise goes down by the root of m."),
    scale: BATCH_SCALE,
    onValue: (value) => put([sd, value, seed]),
  });
  const another = html("button", { type: "button", class: "ol-chip", onclick: () => put([sd, batch, (seed + 1) % 4294967296]) }, "Another seed");
  const seeds = html("button", { type: "button", class: "ol-chip", onclick: toggleSeeds }, INNER_WORDS.seeds);
  const used = html("span", { class: "ol-note" }); // the seed in use, for those who want to have it again
  const noisy = html("div", {}, examples.element, html("div", { class: "ol-chips" }, another, used, seeds));
  const told = html("div", { class: "ol-seeds-place" }); // seeds.js says there what is seen
  return {
    element: html("div", { class: "ol-noise" }, size.element, noisy, told),
    draw({ lab, open }) {
      [sd, batch, seed] = lab.noise;
      size.show(sd);
      examples.show(batch);
      noisy.hidden = !(sd > 0);
      setText(used, `seed ${seed}`);
      seeds.setAttribute("aria-pressed", open.includes("seeds"));
      told.hidden = !open.includes("seeds");
    },
  };
}

/** The values that give a lab a ground of this kind, with its start; "" for the quadratic valley. */
export function groundChange({ curvatures, angle, steps }, kind) {
  const { settings, start } = GROUNDS[kind] ?? {};
  const there = kind ? { ground: { kind, ...settings }, start } : { ground: {}, start: quadratic(curvatures, angle).fromAxes([-5, -2]) };
  return { ...there, step: steps, playing: false };
}

/** The choice among the grounds, in a lab that offers them: fetch() has them come. onChoose(kind): "" is the valley. */
function createGroundChoice({ fetch, onChoose }) {
  const select = html("select", { class: "ol-chip", "aria-label": "ground", onchange: () => onChoose(select.value) });
  const element = html("div", { class: "ol-chips" }, select);
  let shown = null; // the kind that it shows
  let isAsked = false; // whether they were to come
  return {
    element,
    draw({ lab: { ground }, host }) {
      const areThere = Object.keys(GROUNDS).length > 0;
      element.hidden = !(host.hasGrounds && areThere) && !ground.kind;
      if (host.hasGrounds && !areThere && !isAsked) {
        isAsked = true;
        fetch();
      }
      if (element.hidden) return;
      const options = { "": { label: "quadratic valley" }, ...GROUNDS };
      if (select.options.length === 0) select.append(...Object.entries(options).map(([value, { label }]) => html("option", { value }, label)));
      const kind = ground.kind ?? "";
      if (shown !== kind) select.value = shown = kind; // not in every frame: it may be open
    },
  };
}

/** Sliders for the world: the condition number and the angle of a quadratic valley, and how many steps are taken. */
export function createValleyCard({ set, toggleSeeds, fetchGrounds }) {
  let lab = null;
  let steepest = 1; // the steepest direction; a round valley keeps the one that it had
  let turning = null; // {from, start}: where a turn began, so that turning back ends there to the last digit
  const condition = createSlider({
    name: "condition number",
    label: "condition number of the valley",
    scale: rateScale(0, 2),
    onValue: (kappa) => set({ curvatures: withCondition(lab.curvatures, kappa, steepest) }),
  });
  const angle = createSlider({
    name: "angle",
    label: "angle of the valley",
    scale: linearScale(0, 179, 1),
    onValue(degrees) {
      if (String(turning?.start) !== String(lab.start) || turning.at !== lab.angle) turning = { from: { ...lab } };
      const start = degrees === turning.from.angle ? turning.from.start : turnedStart(turning.from, degrees);
      turning = { ...turning, start, at: degrees };
      set({ angle: degrees, start });
    },
  });
  const steps = createSlider({ name: "steps", label: "number of steps", scale: STEP_SCALE, onValue: (value) => set({ steps: value, step: value }) });
  const noise = createNoiseControls({ put: (value) => set({ noise: value }), toggleSeeds });
  const ground = createGroundChoice({ fetch: fetchGrounds, onChoose: (kind) => set(groundChange(lab, kind)) });
  const shape = html("div", {}, condition.element, angle.element); // of the quadratic valley
  const element = html("div", {}, ground.element, shape, steps.element, noise.element);
  return {
    element,
    draw(scene) {
      ({ lab } = scene);
      ground.draw(scene);
      shape.hidden = Boolean(lab.ground.kind);
      if (lab.curvatures[0] !== lab.curvatures[1]) steepest = lab.curvatures[0] > lab.curvatures[1] ? 0 : 1;
      const kappa = Number((Math.max(...lab.curvatures) / Math.min(...lab.curvatures)).toPrecision(3));
      condition.show(kappa);
      angle.show(((lab.angle % 180) + 180) % 180, `${lab.angle}°`);
      steps.show(lab.steps);
      noise.draw(scene);
    },
  };
}
