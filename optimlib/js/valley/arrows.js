import { html, setText, svg } from "../ui/dom.js";
import { limited, tenth, tenthText } from "./frame.js";

/** In pixels: an arrow shorter than the first is not drawn, and one shorter than the second is hardly seen. */
const [SHORTEST, SEEN] = [4, 14];

/** How far apart, in pixels, arrows lie that would lie on one line, and what counts as one line: the sine between them. */
const [BESIDE, ONE_LINE] = [7, 0.35];

/** How near to the edge of the plot an arrow may end. */
const EDGE = 3;

/** The kinds of arrows, with what each says. The gradient and what is remembered add up to the push. */
const ARROWS = {
  velocity: "push: these two added, or minus the velocity",
  memory: "what momentum remembers",
  downhill: "downhill: minus the gradient",
  step: "the next step",
};

/** SVG path data of an arrow from a point along a vector, in pixels; "" where it is too short. large: how many times as large as on a page. */
export function arrowPath([x, y], vector, large = 1) {
  const length = lengthOf(vector);
  if (!(length >= SHORTEST * large) || length === Infinity) return "";
  const [endX, endY] = plus([x, y], vector);
  const [ux, uy] = times(vector, 1 / length);
  const head = Math.min(7 * large, length / 2);
  const place = (x, y) => `${tenthText(x)},${tenthText(y)}`;
  const wing = (side) => place(endX - head * ux + side * 0.5 * head * uy, endY - head * uy - side * 0.5 * head * ux);
  const end = place(endX, endY);
  return `M${place(x, y)}L${end}M${wing(1)}L${end}L${wing(-1)}`;
}

const lengthOf = (vector) => Math.hypot(vector[0], vector[1]);
const times = (vector, factor) => [vector[0] * factor, vector[1] * factor];
const plus = (one, other) => [one[0] + other[0], one[1] + other[1]];

/** How much of a vector there is room for, 0 to 1, from a point in the plot. */
export function roomFor(point, vector, { width, height }) {
  const share = (from, by, length) => (by === 0 ? 1 : limited(((by > 0 ? length : 0) - from) / by - EDGE / Math.abs(by), 0, 1));
  return Math.min(share(point[0], vector[0], width), share(point[1], vector[1], height));
}

/**
 * The arrows of a run at a step, in pixels: {name: [from, vector]}; none where it is out of sight. At the last step they are those of
 * the step that led there. An arrow of a gradient is as long as a step at the rate 1/λ of the steepest direction: across the valley
 * it ends on the floor. All that are no step are made smaller together, so that none is cut.
 */
export function arrowsAt({ points, gradients, velocity }, step, { toX, toY, scale, size, large }, surface) {
  const at = Math.min(step, points.length - 2);
  if (at < 0) return {};
  const place = [toX(points[at][0]), toY(points[at][1])];
  if (!(place[0] >= 0 && place[0] <= size.width && place[1] >= 0 && place[1] <= size.height)) return {};
  const pixels = ([a, b], factor) => [a * factor, -b * factor];
  const moved = pixels([points[at + 1][0] - points[at][0], points[at + 1][1] - points[at][1]], scale);
  const found = { step: [place, times(moved, roomFor(place, moved, size))] };
  const [g, v] = [gradients?.[at], velocity && [velocity[0][at + 1], velocity[1][at + 1]]];
  if (!g || !surface) return found;
  const unit = -scale / (surface.steepest ?? Math.max(...surface.curvatures));
  const [downhill, push] = [pixels(g, unit), pixels(v ?? g, unit)];
  const side = times(sideOf(moved), BESIDE * large);
  const aside = roomFor(place, times(side, 2), size) < 1 ? times(side, -1) : side;
  const roomFrom = (from) => Math.min(roomFor(from, downhill, size), roomFor(from, push, size));
  const smaller = Math.min(roomFrom(place), roomFrom(plus(place, times(aside, 2))));
  const lane = (vector, number) => times(aside, number * limited(1 - sineOf(vector, moved) / ONE_LINE, 0, 1));
  const down = times(downhill, smaller);
  found.downhill = [plus(place, lane(down, 1)), down];
  if (!v) return found;
  const memory = times(plus(push, times(downhill, -1)), smaller);
  return { ...found, velocity: [place, times(push, smaller)], memory: [plus(plus(place, down), lane(memory, 2)), memory] };
}

/** Across a vector, to the right, or down where that is neither. */
function sideOf(vector) {
  const length = lengthOf(vector);
  if (!(length > 0 && length < Infinity)) return [0, 0];
  const side = [-vector[1] / length, vector[0] / length];
  return side[0] + 0.3 * side[1] < 0 ? times(side, -1) : side;
}

const sineOf = (one, other) => Math.abs(one[0] * other[1] - one[1] * other[0]) / (lengthOf(one) * lengthOf(other) || 1);

/** The arrows of one run: draw(arrows, projection) draws what arrowsAt gives, and gives the length of the longest. */
function createRunArrows(look) {
  const paths = Object.fromEntries(Object.keys(ARROWS).map((name) => [name, svg("path", { class: `ol-arrow-${name}` })]));
  const name = svg("text", { class: "ol-arrow-name" });
  const element = svg("g", { class: look, "aria-hidden": "true" }, ...Object.values(paths), name);
  const shown = {}; // what each path is
  return {
    element,
    draw(arrows, { size, large }) {
      for (const [kind, path] of Object.entries(paths)) {
        const d = arrows[kind] ? arrowPath(...arrows[kind], large) : "";
        if (shown[kind] !== d) path.setAttribute("d", d);
        shown[kind] = d;
      }
      drawName(name, arrows.velocity, size, large);
      return Math.max(0, ...Object.values(arrows).map(([, vector]) => lengthOf(vector)));
    },
  };
}

/** "push" beside the head of its arrow, inside the plot. */
function drawName(element, push, { width, height }, large) {
  const isSeen = push && lengthOf(push[1]) > 2 * SEEN * large;
  setText(element, isSeen ? "push" : "");
  if (!isSeen) return;
  const away = times(sideOf(push[1]), -8 * large);
  const [x, y] = plus(plus(push[0], push[1]), away);
  const anchor = away[0] < -5 * large && x > 40 * large ? "end" : "start";
  element.setAttribute("transform", `translate(${tenth(limited(x, 0, width))},${tenth(limited(y, 14 * large, height - 6 * large))})scale(${large})`);
  element.setAttribute("text-anchor", anchor);
}

/** The part with the arrows over a valley, and what they mean. seen(): what the valley shows. @returns {import("../lab/part_boxes.js").Part} */
export function createArrows({ seen }) {
  const views = new Map(); // key of a run -> its arrows
  const key = arrowKey();
  function viewOf({ key: run, look }, layer) {
    if (!views.has(run)) {
      views.set(run, createRunArrows(look));
      layer.append(views.get(run).element);
    }
    return views.get(run);
  }
  return {
    element: key.element,
    draw() {
      const { scene, projection, layer } = seen();
      if (!projection) return;
      const drawn = scene.runs.filter(({ on }) => on);
      let longest = 0;
      for (const run of drawn) longest = Math.max(longest, viewOf(run, layer).draw(arrowsAt(run, scene.step, projection, scene.surface), projection));
      for (const [run, { element }] of views) {
        if (drawn.some(({ key: one }) => one === run)) continue;
        element.remove();
        views.delete(run);
      }
      key.show({
        isLast: drawn.some(({ points }) => points.length > 1 && scene.step >= points.length - 1),
        isShort: longest < SEEN * projection.large,
        hasVelocity: drawn.some(({ velocity }) => velocity),
        hasGradients: drawn.some(({ gradients }) => gradients),
      });
    },
  };
}

/** What the arrows mean, as a line of words. */
function arrowKey() {
  const sample = (name) =>
    svg("svg", { width: 34, height: 10, "aria-hidden": "true" }, svg("path", { class: `ol-arrow-${name}`, d: arrowPath([2, 5], [29, 0]) }));
  const line = (name) => {
    const words = html("span", {}, ARROWS[name]);
    return { words, element: html("span", {}, sample(name), " ", words) };
  };
  const [downhill, memory, velocity, step] = ["downhill", "memory", "velocity", "step"].map(line);
  const note = html("span");
  return {
    element: html("p", { class: "ol-arrow-key" }, ...[downhill, memory, velocity, step].map(({ element }) => element), note),
    show({ isLast, isShort, hasVelocity, hasGradients }) {
      velocity.element.hidden = memory.element.hidden = !hasVelocity;
      downhill.element.hidden = !hasGradients;
      setText(step.words, isLast ? "the last step, from where it began" : ARROWS.step);
      setText(note, isShort ? "Here the arrows are too short to be seen: go back some steps." : "");
    },
  };
}
