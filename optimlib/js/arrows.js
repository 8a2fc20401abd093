import { html, svg } from "./dom.js";

/** Arrows shorter than this many pixels are not drawn, and longer ones are cut, to stay legible. */
const [SHORTEST, LONGEST] = [4, 160];

/** The kinds of arrows, with what each says. */
const ARROWS = {
  velocity: "minus momentum's velocity",
  downhill: "downhill: minus the gradient",
  step: "the next step",
};

/** SVG path data of an arrow from a point along a vector, in pixels; "" where it is too short. */
export function arrowPath([x, y], [dx, dy], most = LONGEST) {
  const length = Math.hypot(dx, dy);
  if (!(length >= SHORTEST) || length === Infinity) return "";
  const scale = Math.min(length, most) / length;
  const [endX, endY] = [x + dx * scale, y + dy * scale];
  const [ux, uy] = [dx / length, dy / length];
  const head = Math.min(7, (length * scale) / 2);
  const wing = (side) => `${(endX - head * ux + side * 0.5 * head * uy).toFixed(1)},${(endY - head * uy - side * 0.5 * head * ux).toFixed(1)}`;
  const end = `${endX.toFixed(1)},${endY.toFixed(1)}`;
  return `M${x.toFixed(1)},${y.toFixed(1)}L${end}M${wing(1)}L${end}L${wing(-1)}`;
}

/** The arrows of one run: draw({place, step, downhill, velocity}), each a vector in pixels or null; draw(null) hides them. */
export function createArrows(look) {
  const paths = Object.fromEntries(Object.keys(ARROWS).map((name) => [name, svg("path", { class: `ol-arrow-${name}` })]));
  const element = svg("g", { class: look, "aria-hidden": "true" }, ...Object.values(paths));
  return {
    element,
    draw(at) {
      for (const [name, path] of Object.entries(paths)) {
        const d = at?.[name] ? arrowPath(at.place, at[name], name === "step" ? Infinity : LONGEST) : "";
        if (path.getAttribute("d") !== d) path.setAttribute("d", d);
      }
    },
  };
}

/** What the arrows mean, as a line of words. */
export function arrowKey() {
  const sample = (name) => svg("svg", { width: 34, height: 10, "aria-hidden": "true" }, svg("path", { class: `ol-arrow-${name}`, d: arrowPath([2, 5], [29, 0]) }));
  const [velocity, ...others] = Object.entries(ARROWS).map(([name, words]) => html("span", {}, sample(name), ` ${words}`));
  const last = html("span", {}, "Go back from the last step to see the arrows.");
  return {
    element: html("p", { class: "ol-arrow-key" }, last, velocity, ...others),
    show({ isLast, hasVelocity }) {
      last.hidden = !isLast;
      velocity.hidden = isLast || !hasVelocity;
      for (const span of others) span.hidden = isLast;
    },
  };
}
