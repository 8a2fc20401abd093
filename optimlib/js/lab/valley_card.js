import { html } from "../ui/dom.js";
import { createSlider, linearScale, rateScale } from "../ui/sliders.js";
import { quadratic } from "../core/surface.js";

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

/** Sliders for the world: the condition number and the angle of the valley, and how many steps are taken. */
export function createValleyCard({ set }) {
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
  const element = html("div", {}, condition.element, angle.element, steps.element);
  return {
    element,
    draw(scene) {
      ({ lab } = scene);
      if (lab.curvatures[0] !== lab.curvatures[1]) steepest = lab.curvatures[0] > lab.curvatures[1] ? 0 : 1;
      const kappa = Number((Math.max(...lab.curvatures) / Math.min(...lab.curvatures)).toPrecision(3));
      condition.show(kappa);
      angle.show(((lab.angle % 180) + 180) % 180, `${lab.angle}°`);
      steps.show(lab.steps);
    },
  };
}
