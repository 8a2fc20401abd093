import { html, svg } from "../ui/dom.js";

/** An arrow shorter than this many pixels is not drawn. Those that are no step are made smaller together, so that none is longer than the second. */
const [SHORTEST, LONGEST] = [4, 160];

/** The kinds of arrows, with what each says. */
const ARROWS = {
  velocity: "minus momentum's velocity: what it remembers and the gradient, added",
  memory: "what it remembers",
  downhill: "downhill: minus the gradient",
  step: "the next step",
};

/** SVG path data of an arrow from a point along a vector, in pixels; "" where it is too short. */
export function arrowPath([x, y], [dx, dy]) {
  const length = Math.hypot(dx, dy);
  if (!(length >= SHORTEST) || length === Infinity) return "";
  const [endX, endY] = [x + dx, y + dy];
  const [ux, uy] = [dx / length, dy / length];
  const head = Math.min(7, length / 2);
  const wing = (side) => `${(endX - head * ux + side * 0.5 * head * uy).toFixed(1)},${(endY - head * uy - side * 0.5 * head * ux).toFixed(1)}`;
  const end = `${endX.toFixed(1)},${endY.toFixed(1)}`;
  return `M${x.toFixed(1)},${y.toFixed(1)}L${end}M${wing(1)}L${end}L${wing(-1)}`;
}

/** The arrows of one run: draw({place, step, downhill, memory, velocity}), each a vector in pixels or null; draw(null) hides them. */
export function createArrows(look) {
  const paths = Object.fromEntries(Object.keys(ARROWS).map((name) => [name, svg("path", { class: `ol-arrow-${name}` })]));
  const element = svg("g", { class: look, "aria-hidden": "true" }, ...Object.values(paths));
  const show = (name, from, vector) => {
    const d = vector ? arrowPath(from, vector) : "";
    if (paths[name].getAttribute("d") !== d) paths[name].setAttribute("d", d);
  };
  return {
    element,
    draw(at) {
      const { place, step, downhill, memory, velocity } = at ?? {};
      const longest = Math.max(...[downhill, memory, velocity].map((vector) => (vector ? Math.hypot(...vector) : 0)));
      const smaller = (vector) => vector?.map((value) => value * Math.min(1, LONGEST / longest));
      const remembered = smaller(memory);
      show("step", place, step);
      show("velocity", place, smaller(velocity));
      show("memory", place, remembered);
      show("downhill", remembered ? place.map((value, i) => value + remembered[i]) : place, smaller(downhill));
    },
  };
}

/** What the arrows mean, as a line of words. */
export function arrowKey() {
  const sample = (name) =>
    svg("svg", { width: 34, height: 10, "aria-hidden": "true" }, svg("path", { class: `ol-arrow-${name}`, d: arrowPath([2, 5], [29, 0]) }));
  const [velocity, memory, ...others] = Object.entries(ARROWS).map(([name, words]) => html("span", {}, sample(name), ` ${words}`));
  const last = html("span", {}, "Go back from the last step to see the arrows.");
  return {
    element: html("p", { class: "ol-arrow-key" }, last, velocity, memory, ...others),
    show({ isLast, hasVelocity }) {
      last.hidden = !isLast;
      velocity.hidden = memory.hidden = isLast || !hasVelocity;
      for (const span of others) span.hidden = isLast;
    },
  };
}
