import { KINDS } from "./catalogue.js";

/**
 * A rule, one coordinate at a time: where x goes and what is remembered then, [x, ...memory], given the gradient g.
 * @typedef {object} Rule
 * @property {Object<string, number>} remembers where its memory starts, by name: at most four numbers
 * @property {(x: number, g: number, settings: Object<string, any>, ...memory: number[]) => number[]} update
 */

/** a / b, and 0 where b is 0: where no gradient was ever seen there is no step to take. */
const ratio = (a, b) => (b === 0 ? 0 : a / b);

/** How each rule of the library moves, in the order of its Python twin. @type {Object<string, Rule["update"]>} */
const UPDATES = {
  gradient_descent: (x, g, { lr }) => [x - lr * g],
  momentum(x, g, { lr, beta }, velocity) {
    const v = beta * velocity + g;
    return [x - lr * v, v];
  },
  nesterov(x, g, { lr, beta }, velocity) {
    const v = beta * velocity + g;
    return [x - lr * (beta * v + g), v];
  },
  adagrad(x, g, { lr, eps }, brake) {
    const s = brake + g * g;
    return [x - lr * ratio(g, Math.sqrt(s + eps)), s];
  },
  rmsprop(x, g, { lr, rho, eps }, brake) {
    const s = rho * brake + (1 - rho) * g * g;
    return [x - lr * ratio(g, Math.sqrt(s + eps)), s];
  },
  adam(x, g, { lr, beta1, beta2, eps, correct_bias }, average, brake, power1, power2) {
    const m = beta1 * average + (1 - beta1) * g;
    const s = beta2 * brake + (1 - beta2) * g * g;
    const [left1, left2] = [beta1 * power1, beta2 * power2];
    const [direction, square] = correct_bias ? [m / (1 - left1), s / (1 - left2)] : [m, s];
    return [x - lr * ratio(direction, Math.sqrt(square) + eps), m, s, left1, left2];
  },
};

/** The rules of optimlib by kind. @type {Object<string, Rule>} */
export const RULES = Object.fromEntries(Object.entries(UPDATES).map(([kind, update]) => [kind, { update, remembers: KINDS[kind].remembers }]));

/** What a rule keeps of a coordinate that begins at x: [x, ...memory]. @param {Rule} rule */
export const keptFrom = ({ remembers }, x) => [x, ...Object.values(remembers)];

/** What it keeps after one more step, at the gradient g. Each number by itself: a spread would take a map twice as long. @param {Rule} rule */
export const keptAfter = ({ update }, kept, g, settings) => update(kept[0], g, settings, kept[1], kept[2], kept[3], kept[4]);
