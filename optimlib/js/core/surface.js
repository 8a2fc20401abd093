/**
 * A surface to descend: the height and the gradient at a point.
 * @typedef {{loss: (x: number[]) => number, gradient: (x: number[]) => number[]}} Surface
 */

/**
 * The surfaces that are no quadratic valley, by kind: other_ground.js puts them here, once it is there.
 * @type {Object<string, {class: string, label: string, settings: Object<string, any>, start: number[], isUsable: (ground: any) => boolean, make: (ground: any) => any}>}
 */
export const GROUNDS = {};

/** The surface of a lab. @returns {any} */
export const surfaceOf = ({ ground, curvatures, angle }) => (ground?.kind ? GROUNDS[ground.kind].make(ground) : quadratic(curvatures, angle));

/** Fixed point: 1, and a degree in radians. */
const ONE = 1n << 120n;
const DEGREE = 23199405036132090882371535875908654n;
/** @type {number[]} */
const SINES = []; // of 0, 1, ..., 90 degrees, once they were asked for

/** Sine of a whole number of degrees, correctly rounded: whole numbers give the same in every browser, and in optimlib.surfaces. */
export function sine(degrees) {
  const turned = ((degrees % 360) + 360) % 360;
  if (turned > 180) return -sine(turned - 180);
  const sharp = Math.min(turned, 180 - turned);
  return (SINES[sharp] ??= Number(series(BigInt(sharp) * DEGREE)) / Number(ONE));
}

/** @param {bigint} angle @returns {bigint} angle - angle^3/3! + angle^5/5! - ... */
function series(angle) {
  let [term, total] = [angle, angle];
  for (let n = 2n; term > 0n; n += 2n) {
    term = (((term * angle) / ONE) * angle) / ONE / (n * (n + 1n));
    total += n % 4n === 2n ? -term : term;
  }
  return total;
}

/**
 * The valley of optimlib's Quadratic: the same sums in the same order, hence the same doubles.
 * axes(x) gives the coordinates u along the valley's own directions, fromAxes(u) undoes it.
 * @param {number[]} curvatures
 * @param {number} angle whole degrees, counter-clockwise
 */
export function quadratic(curvatures, angle = 0) {
  const straight = angle % 360 === 0;
  const c = sine(angle + 90);
  const s = sine(angle);
  // Each number by itself, from those of two directions: a map takes a million steps, and these allocate nothing.
  const numbers = {
    u0: (x0, x1) => (straight ? x0 : c * x0 + s * x1),
    u1: (x0, x1) => (straight ? x1 : c * x1 - s * x0),
    x0: (u0, u1) => (straight ? u0 : c * u0 - s * u1),
    x1: (u0, u1) => (straight ? u1 : s * u0 + c * u1),
    height: (i, u) => 0.5 * curvatures[i] * u * u,
    slope: (i, u) => curvatures[i] * u,
  };
  const along = (x, i) => (straight ? x[i] : i === 0 ? numbers.u0(x[0], x[1]) : numbers.u1(x[0], x[1]));
  const axes = (x) => (straight ? x : [numbers.u0(x[0], x[1]), numbers.u1(x[0], x[1])]);
  const fromAxes = (u) => (straight ? u : [numbers.x0(u[0], u[1]), numbers.x1(u[0], u[1])]);
  return {
    curvatures,
    angle,
    numbers,
    axes,
    fromAxes,
    loss(x) {
      let total = 0;
      for (let i = 0; i < x.length; i++) total = total + numbers.height(i, along(x, i));
      return total;
    },
    gradient(x) {
      const slopes = x.slice();
      for (let i = 0; i < x.length; i++) slopes[i] = numbers.slope(i, along(x, i));
      return fromAxes(slopes);
    },
  };
}
