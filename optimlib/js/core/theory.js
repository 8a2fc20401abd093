// What can be worked out on paper, with the formulas of optimlib.theory.

/** The learning rate from which a direction no longer shrinks. */
export const stabilityEdge = (curvature, beta) => (2 * (1 + beta)) / curvature;

/** Momentum helps a direction while beta is below this. */
export const betaBorder = (lr, curvature) => (1 - lr * curvature) * (1 - lr * curvature);

/** The same of Nesterov's momentum. */
export const nesterovEdge = (curvature, beta) => (2 * (1 + beta)) / ((1 + 2 * beta) * curvature);
export const nesterovBorder = (lr, curvature) => 1 - lr * curvature;

/** How far from the floor noise of this deviation leaves gradient descent and momentum: the root of the mean square. */
export function noiseSpread(lr, curvature, sd, beta) {
  const room = 2 * (1 + beta) - lr * curvature;
  return room > 0 ? Math.sqrt((lr * sd * sd * (1 + beta)) / (curvature * (1 - beta) * room)) : Infinity;
}

/** The same of RMSProp at a small rate, while noise holds its brake. */
export const rmspropSpread = (lr, curvature, sd) => Math.sqrt((lr * sd) / (2 * curvature));

/** The spread under noise of a rule at its settings, by kind; straight: in a valley along the coordinates only. */
export const SPREADS = {
  gradient_descent: { of: ({ lr }, curvature, sd) => noiseSpread(lr, curvature, sd, 0) },
  momentum: { of: ({ lr, beta }, curvature, sd) => noiseSpread(lr, curvature, sd, beta) },
  // It holds where the rate is small beside the noise: NaN elsewhere.
  rmsprop: { of: ({ lr }, curvature, sd) => (lr * curvature <= 0.5 * sd ? rmspropSpread(lr, curvature, sd) : NaN), straight: true },
};

/** What a map says of a rule, by kind: its edge(curvature, beta) and its border(lr, curvature), where it has them, and words on them. */
export const THEORY = {
  momentum: {
    edge: stabilityEdge,
    border: betaBorder,
    words:
      "Solid line: the stability edge, lr = 2(1 + β)/λ; to the right of it momentum diverges. Dotted line: the border β = (1 − lr·λ)²; below it momentum shrinks the steepest direction faster than gradient descent does. λ is the largest curvature.",
  },
  nesterov: {
    edge: nesterovEdge,
    border: nesterovBorder,
    words:
      "Solid line: the stability edge, lr = 2(1 + β)/((1 + 2β)λ); to the right of it Nesterov diverges. Dotted line: the border β = 1 − lr·λ; below it Nesterov shrinks the steepest direction faster than gradient descent does. λ is the largest curvature.",
  },
  rmsprop: {
    words:
      "Theory has no such lines for RMSProp. With a constant rate it ends bouncing by about half the rate, so it seldom stays below; count the steps until it first gets there, too.",
  },
  adam: {
    words:
      "Theory has no such lines for Adam. With a constant rate it goes on bouncing, as RMSProp does, so it may leave again; count the steps until it stays below, too.",
  },
};
