import { powerOf, tenTo } from "../ui/dom.js";

/**
 * What is to be seen of the plane: [low, high] of each coordinate.
 * @typedef {{x: number[], y: number[]}} Frame
 *
 * How a frame lies on a picture of so many pixels.
 * @typedef {object} Projection
 * @property {Frame} frame what is seen: the frame, and what more the picture has room for
 * @property {{width: number, height: number}} size in pixels
 * @property {number} scale pixels a unit, the same across and up: a circle is a circle
 * @property {number} large how many times as large as on a page the letters are, and with them lines and marks
 * @property {(x1: number) => number} toX
 * @property {(x2: number) => number} toY
 * @property {(x: number, y: number) => number[]} pointAt the point of the plane at a pixel
 * @property {(point: number[]) => number[]} inside the pixel of a point, at the edge for one outside
 */

export const limited = (value, low, high) => Math.min(Math.max(value, low), high);
export const tenth = (pixels) => Math.round(pixels * 10) / 10;

/** The texts of the tenths of a picture, once they were asked for: the paths of a lab need thousands of them at each move. @type {string[]} */
const TENTHS = new Array(2e4);

/** The same as text. */
export function tenthText(pixels) {
  const tenths = Math.round(pixels * 10);
  return tenths >= 0 && tenths < TENTHS.length ? (TENTHS[tenths] ??= String(tenths / 10)) : String(tenths / 10);
}

/** Beyond this many pixels a line is cut: no screen shows it, and SVG has no room for it. */
const FAR = 1e5;

/**
 * The frame for a start: on another ground its own; in a quadratic valley a little beyond the start, and past the floor as far
 * across as the start lies, since paths swing.
 * @returns {Frame}
 */
export function frameAround(surface, start) {
  if (surface.frame) return surface.frame(start);
  const u = surface.axes(start);
  const most = Math.max(Math.abs(u[0]), Math.abs(u[1]));
  const along = surface.curvatures[0] <= surface.curvatures[1] ? 0 : 1;
  const sides = u.map((value, i) => {
    const reach = most === 0 ? 1 : Math.max(Math.abs(value), 0.2 * most);
    const [near, beyond] = i === along ? [1.2, 0.4] : [1.5, 1.5];
    return value > 0 ? [-beyond * reach, near * reach] : [-near * reach, beyond * reach];
  });
  const corners = sides[0].flatMap((a) => sides[1].map((b) => surface.fromAxes([a, b])));
  const [x, y] = [0, 1].map((i) => [Math.min(...corners.map((p) => p[i])), Math.max(...corners.map((p) => p[i]))]);
  return { x, y };
}

/** A frame with as many pixels a unit across as up, widened to fill width x height of them. @returns {Frame} */
export function fitted(frame, { width, height }) {
  const scale = Math.min(width / (frame.x[1] - frame.x[0]), height / (frame.y[1] - frame.y[0]));
  const about = ([low, high], pixels) => {
    const [middle, half] = [(low + high) / 2, pixels / scale / 2];
    return [middle - half, middle + half];
  };
  return { x: about(frame.x, width), y: about(frame.y, height) };
}

/** Round numbers from low to high, about as many as asked for. */
export function ticks(low, high, count) {
  const rough = (high - low) / count;
  const power = tenTo(powerOf(rough));
  const step = [1, 2, 5, 10].find((m) => m * power >= rough) * power;
  const found = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) found.push(Number((i * step).toPrecision(12)));
  return found;
}

/**
 * Points in pixels, up to the first that is not finite. The first that is far out of sight is
 * moved nearer on its line, and ends the trace.
 */
export function trace(points, toX, toY) {
  const traced = [];
  for (const point of points) {
    const [x, y] = [toX(point[0]), toY(point[1])];
    if (!Number.isFinite(x) || !Number.isFinite(y)) break;
    const far = Math.max(Math.abs(x), Math.abs(y));
    if (far > FAR) {
      const [fromX, fromY] = traced.at(-1) ?? [0, 0];
      traced.push([fromX + (FAR / far) * (x - fromX), fromY + (FAR / far) * (y - fromY)]);
      break;
    }
    traced.push([x, y]);
  }
  return traced;
}

/** A frame on a picture of this size. @returns {Projection} */
export function projectionOf(given, size, large = 1) {
  const { width, height } = size;
  const frame = fitted(given, size);
  const scale = height / (frame.y[1] - frame.y[0]);
  const toX = (x1) => (x1 - frame.x[0]) * scale;
  const toY = (x2) => (frame.y[1] - x2) * scale;
  return {
    frame,
    size,
    scale,
    large,
    toX,
    toY,
    pointAt: (x, y) => [frame.x[0] + x / scale, frame.y[1] - y / scale],
    inside: ([x1, x2]) => [limited(toX(x1), 0, width), limited(toY(x2), 0, height)],
  };
}

/** A point of a frame, on a round number of about a hundredth of the frame. */
export function rounded(frame, point) {
  return ["x", "y"].map((axis, i) => {
    const [low, high] = frame[axis];
    const digits = limited(2 - powerOf(high - low), 0, 12);
    return Number(limited(point[i], low, high).toFixed(digits));
  });
}
