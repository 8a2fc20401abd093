// What can be worked out on paper, with the formulas of optimlib.theory.

/** The learning rate from which a direction no longer shrinks. */
export const stabilityEdge = (curvature, beta) => (2 * (1 + beta)) / curvature;

/** Momentum helps a direction while beta is below this. */
export const betaBorder = (lr, curvature) => (1 - lr * curvature) * (1 - lr * curvature);
