// Learning rates that change from step to step: the doubles of optimlib.schedules.

/** The rate of each of so many steps, by the kind of a schedule; lr is the rule's own, value the setting of the schedule. */
export const SCHEDULES = {
  exponential(lr, gamma, steps) {
    const rates = [];
    for (let rate = lr; rates.length < steps; rate *= gamma) rates.push(rate);
    return rates;
  },
  inverse_time: (lr, half, steps) => Array.from({ length: steps }, (_, t) => lr / (1 + t / half)),
  warm_up: (lr, length, steps) => Array.from({ length: steps }, (_, t) => lr * (Math.min(t + 1, length) / length)),
};
