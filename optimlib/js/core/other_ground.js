import { LIMITS } from "./catalogue.js";
import { GROUND_FACTS } from "./ground_facts.js";
import { levelLines, levelsOf } from "./level_lines.js";
import { GROUNDS } from "./surface.js";

// The surfaces of optimlib.other_ground in two dimensions: the same sums in the same order, hence the same doubles. A page loads this
// when a lab first needs one of them: then they are in GROUNDS.

/**
 * A surface that is no quadratic valley, as plain data, {} for the valley.
 * @typedef {{kind?: string, [setting: string]: any}} Ground
 *
 * What a kind of ground is made of.
 * @typedef {object} Sums
 * @property {(x: number[]) => number} loss
 * @property {(x: number[]) => number[]} gradient
 * @property {number[][]} minima its lowest point, and others that a ball can come to rest in
 * @property {number} steepest the largest curvature at the lowest point: by it the arrows of the gradient are scaled
 * @property {boolean} [even] whether its lines are to lie evenly in height, so that they tell flat from steep
 * @property {string} [middle] what is at 0, where the gradient is 0 and no minimum is
 */

/** How many lines of equal loss there are, and how many points of a grid they are found on. */
const [LINES, COLUMNS, ROWS] = [12, 220, 130];

const half = (curvature, one) => 0.5 * curvature * one * one;

/** @type {Object<string, (settings: any) => Sums>} */
const SUMS = {
  saddle({ curvature, drop }) {
    const root = Math.sqrt(drop);
    return {
      loss([x, u]) {
        const deep = u * u - drop;
        return half(curvature, x) + 0.25 * deep * deep;
      },
      gradient: ([x, u]) => [curvature * x, u * (u * u - drop)],
      minima: [
        [0, root],
        [0, -root],
      ],
      steepest: Math.max(curvature, 2 * drop),
      middle: "the saddle",
    };
  },
  rosenbrock: ({ steep }) => ({
    loss([x1, x2]) {
      const [away, wall] = [1 - x1, x2 - x1 * x1];
      return away * away + steep * (wall * wall);
    },
    gradient([x1, x2]) {
      const wall = x2 - x1 * x1;
      return [-2 * (1 - x1) - 4 * steep * x1 * wall, 0 + 2 * steep * wall];
    },
    minima: [[1, 1]],
    steepest: 10 * steep + 2,
  }),
  bend: ({ steep, slope, end }) => ({
    loss([x1, x2]) {
      const [wall, way] = [x2 - Math.sqrt(1 + x1 * x1), x1 - end];
      return half(steep, wall) + half(slope, way);
    },
    gradient([x1, x2]) {
      const floor = Math.sqrt(1 + x1 * x1);
      const wall = steep * (x2 - floor);
      return [slope * (x1 - end) - (wall * x1) / floor, wall];
    },
    minima: [[end, Math.sqrt(1 + end * end)]],
    steepest: 2 * steep + slope,
  }),
  two_valleys({ wide, narrow, curvature }) {
    const along = (u) => u * u * (0.25 * (u * u) + ((wide - narrow) / 3) * u - 0.5 * wide * narrow);
    const deepest = along(narrow);
    return {
      loss: ([u, x]) => along(u) - deepest + half(curvature, x),
      gradient: ([u, x]) => [u * (u + wide) * (u - narrow), curvature * x],
      minima: [
        [narrow, 0],
        [-wide, 0],
      ],
      steepest: Math.max(narrow * (narrow + wide), curvature),
      middle: "the ridge between the two valleys",
    };
  },
  plateau({ curvatures }) {
    const valley = (x) => half(curvatures[0], x[0]) + half(curvatures[1], x[1]);
    return {
      loss(x) {
        const q = valley(x);
        return q / (1 + q);
      },
      gradient(x) {
        const below = 1 + valley(x);
        return x.map((one, i) => (curvatures[i] * one) / (below * below));
      },
      minima: [[0, 0]],
      steepest: Math.max(...curvatures),
      even: true,
    };
  },
};

/** Math.hypot is only as good as the browser's. */
const distance = (a, b) => Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]));

/** The nearest of a surface's minima, and how far it is away. @param {Sums} sums @returns {{minimum: number[], away: number}} */
function nearestMinimum({ minima }, point) {
  const all = minima.map((minimum) => ({ minimum, away: distance(minimum, point) }));
  return all.reduce((best, one) => (one.away < best.away ? one : best));
}

/** What is at a point where the gradient is 0; "" where it is not. @param {Sums} sums */
function restAt({ gradient, minima, middle }, point) {
  if (!gradient(point).every((slope) => slope === 0)) return "";
  const which = minima.findIndex((minimum) => String(minimum) === String(point.map((one) => one + 0)));
  if (which === 0) return minima.length > 1 ? "a floor" : "the floor";
  return which > 0 ? "a floor" : (middle ?? "flat ground");
}

/**
 * What is to be said of a start, or else of balls at a step, where no rule moves without noise; or "".
 * @param {Sums} sums
 * @param {{rule: {label: string}, run: import("./descend.js").Run}[]} lines
 */
function restWords(sums, start, lines, step) {
  const place = restAt(sums, start);
  if (place) return `The start is on ${place}, where the gradient is 0: without noise no rule moves.`;
  const resting = lines.flatMap(({ rule, run: { points } }) => {
    const at = Math.min(step, points.length - 2);
    const isStill = at >= 0 && String(points[at]) === String(points[at + 1]);
    const rest = isStill && restAt(sums, points[at]);
    return rest ? [`${rule.label} rests on ${rest}`] : [];
  });
  return resting.length > 0 ? `${resting.join(", ")}: the gradient is 0 there, and without noise nothing moves it.` : "";
}

/** The frame of a ground, and what it needs to hold its minima and a start. @returns {{x: number[], y: number[]}} */
function frameWith({ x, y }, minima, start) {
  const sides = [x, y].map(([low, high], i) => {
    const room = 0.08 * (high - low);
    const inside = [...minima, start].map((point) => point[i]);
    return [Math.min(low, ...inside.map((one) => one - room)), Math.max(high, ...inside.map((one) => one + room))];
  });
  return { x: sides[0], y: sides[1] };
}

/** The levels of the lines of equal loss. Among those of a saddle or a ridge is its own, of which the line shows where the two sides part. */
function levelsFor({ even, middle }, heights, heightAt) {
  if (even) {
    const highest = Math.max(...heights.map((row) => Math.max(...row)));
    return Array.from({ length: LINES }, (_, i) => Math.sqrt((i + 1) / (LINES + 1)) * highest);
  }
  const levels = levelsOf(heights, LINES);
  if (!middle) return levels;
  const pass = heightAt([0, 0]);
  const away = levels.map((level) => Math.abs(level - pass));
  levels[away.indexOf(Math.min(...away))] = pass;
  return levels;
}

/** Lines of equal loss in a frame. They are found on the root of the loss, which is nearly straight where the loss is a parabola. */
function linesIn(sums, { x, y }) {
  const placeOf = ([column, row]) => [x[0] + (column / (COLUMNS - 1)) * (x[1] - x[0]), y[0] + (row / (ROWS - 1)) * (y[1] - y[0])];
  const heightAt = (point) => Math.sqrt(Math.max(sums.loss(point), 0));
  const heights = Array.from({ length: ROWS }, (_, row) => Array.from({ length: COLUMNS }, (_, column) => heightAt(placeOf([column, row]))));
  return levelsFor(sums, heights, heightAt).flatMap((level) => levelLines(heights, level).map((line) => line.map(placeOf)));
}

const { far } = LIMITS;
const isSize = (value) => Number.isFinite(value) && value >= 1 / far && value <= far;

/** Whether a value will do for a setting, as Python has it, too. */
function isSetting(name, value) {
  if (name === "curvatures") return Array.isArray(value) && value.length === 2 && value.every(isSize);
  return name === "end" ? Number.isFinite(value) && Math.abs(value) <= far : isSize(value);
}

for (const [kind, { class: name, label, settings, start, frame }] of Object.entries(GROUND_FACTS)) {
  GROUNDS[kind] = {
    class: name,
    label,
    settings,
    start,
    isUsable({ kind: _, ...given }) {
      const names = Object.keys(settings);
      const isWhole = Object.keys(given).length === names.length && names.every((name) => isSetting(name, given[name]));
      return isWhole && (kind !== "two_valleys" || given.narrow > given.wide);
    },
    make(ground) {
      const sums = SUMS[kind](ground);
      return {
        ...sums,
        nearest: (point) => nearestMinimum(sums, point),
        lines: (seen) => linesIn(sums, seen),
        frame: (from) => frameWith(frame, sums.minima, from),
        rest: (from, lines, step) => restWords(sums, from, lines, step),
      };
    },
  };
}
