/**
 * A surface to descend: the height and the gradient at a point.
 * @typedef {{loss: (x: number[]) => number, gradient: (x: number[]) => number[]}} Surface
 */

/** Fixed point: 1, and a degree in radians. */
const ONE = 1n << 120n;
const DEGREE = 23199405036132090882371535875908654n;
const SINES = []; // of 0, 1, ..., 90 degrees, once they were asked for

/** Sine of a whole number of degrees, correctly rounded: whole numbers give the same in every browser, and in optimlib.surfaces. */
export function sine(degrees) {
  const turned = ((degrees % 360) + 360) % 360;
  if (turned > 180) return -sine(turned - 180);
  const sharp = Math.min(turned, 180 - turned);
  return (SINES[sharp] ??= Number(series(BigInt(sharp) * DEGREE)) / Number(ONE));
}

/** angle - angle^3/3! + angle^5/5! - ... */
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
 * axes(x) gives the coordinates along the valley's own directions, fromAxes(u) undoes it.
 * @param {number[]} curvatures
 * @param {number} angle whole degrees, counter-clockwise
 */
export function quadratic(curvatures, angle = 0) {
  const straight = angle % 360 === 0;
  const c = sine(angle + 90);
  const s = sine(angle);
  const axes = (x) => (straight ? x : [c * x[0] + s * x[1], c * x[1] - s * x[0]]);
  const fromAxes = (u) => (straight ? u : [c * u[0] - s * u[1], s * u[0] + c * u[1]]);
  return {
    curvatures,
    angle,
    axes,
    fromAxes,
    loss(x) {
      const u = axes(x);
      let total = 0;
      for (let i = 0; i < u.length; i++) total = total + 0.5 * curvatures[i] * u[i] * u[i];
      return total;
    },
    gradient: (x) => fromAxes(axes(x).map((u, i) => curvatures[i] * u)),
  };
}
