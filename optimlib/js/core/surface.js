import SINES from "../../sines.json" with { type: "json" };

/**
 * A surface to descend: the height and the gradient at a point.
 * @typedef {{loss: (x: number[]) => number, gradient: (x: number[]) => number[]}} Surface
 */

/** Sine of a whole number of degrees, from the table that Python reads too. */
export function sine(degrees) {
  const turned = ((degrees % 360) + 360) % 360;
  if (turned > 180) return -sine(turned - 180);
  return SINES[Math.min(turned, 180 - turned)];
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
