import { KINDS } from "./catalogue.js";

/**
 * A rule, one coordinate at a time: where x goes and what is remembered, given the gradient g.
 * @typedef {object} Rule
 * @property {?string} remembers the name of its memory, which starts at 0
 * @property {(x: number, g: number, memory: number, settings: Object<string, number>) => [number, number]} update
 */

/** a / b, and 0 where b is 0: where no gradient was ever seen there is no step to take. */
const ratio = (a, b) => (b === 0 ? 0 : a / b);

/** How each rule of the library moves, in the order of its Python twin. @type {Object<string, Rule["update"]>} */
const UPDATES = {
  gradient_descent: (x, g, memory, { lr }) => [x - lr * g, memory],
  momentum(x, g, velocity, { lr, beta }) {
    const v = beta * velocity + g;
    return [x - lr * v, v];
  },
  nesterov(x, g, velocity, { lr, beta }) {
    const v = beta * velocity + g;
    return [x - lr * (beta * v + g), v];
  },
  adagrad(x, g, brake, { lr, eps }) {
    const s = brake + g * g;
    return [x - lr * ratio(g, Math.sqrt(s + eps)), s];
  },
  rmsprop(x, g, brake, { lr, rho, eps }) {
    const s = rho * brake + (1 - rho) * g * g;
    return [x - lr * ratio(g, Math.sqrt(s + eps)), s];
  },
};

/** The rules of optimlib by kind. @type {Object<string, Rule>} */
export const RULES = Object.fromEntries(Object.entries(UPDATES).map(([kind, update]) => [kind, { update, remembers: KINDS[kind].remembers }]));
