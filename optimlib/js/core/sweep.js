import { descend } from "./descend.js";
import { stepsToReach, stepsToStay, TOLERANCE } from "./measures.js";
import { keptAfter, keptFrom, RULES } from "./rules.js";
import { CONSTANT, ratesOf } from "./schedules.js";
import { surfaceOf } from "./surface.js";

/**
 * The first step whose loss is at most a millionth of its start, and the first from which it stays
 * there up to the last of the steps; -1 for none. The doubles of descend, with nothing kept and
 * nothing allocated: a map takes a million steps. rates: those of each step, where they change.
 */
export function stepsNeeded(surface, rule, settings, start, steps, rates = null) {
  const { loss, numbers } = surface;
  if (!numbers) return stepsOn(surface, rule, settings, start, steps, rates);
  const now = { ...settings };
  const threshold = TOLERANCE * loss(start);
  let [kept0, kept1] = start.map((x) => keptFrom(rule, x));
  let [first, stays] = [-1, 0];
  for (let step = 0; ; step++) {
    const [x0, x1] = [kept0[0], kept1[0]];
    const u0 = numbers.u0(x0, x1);
    const u1 = numbers.u1(x0, x1);
    const isBelow = numbers.height(0, u0) + numbers.height(1, u1) <= threshold;
    if (!isBelow) stays = step + 1;
    else if (first < 0) first = step;
    if (step >= steps) break;
    if (rates) now.lr = rates[step];
    const slope0 = numbers.slope(0, u0);
    const slope1 = numbers.slope(1, u1);
    kept0 = keptAfter(rule, kept0, numbers.x0(slope0, slope1), now);
    kept1 = keptAfter(rule, kept1, numbers.x1(slope0, slope1), now);
  }
  return { first, stays: stays > steps ? -1 : stays };
}

/** The same on any other ground, by a run. */
function stepsOn(surface, rule, settings, start, steps, rates) {
  const { losses } = descend(surface, rule, settings, start, steps, { rates });
  return { first: stepsToReach(losses) ?? -1, stays: stepsToStay(losses) ?? -1 };
}

/**
 * The steps needed at each setting of a grid, row by row: a generator, so that whoever runs it can let the page breathe after
 * a row. lrs are the columns; the rows are the values of the other setting, called name; settings are the rest. The rates change as the
 * schedule says.
 */
export function* sweepRows({ ground, curvatures, angle, start, kind, lrs, name, values, settings, steps, schedule = CONSTANT }, first, stays) {
  const surface = surfaceOf({ ground, curvatures, angle });
  const rates = lrs.map((lr) => ratesOf(schedule, lr, steps));
  for (const [row, value] of values.entries()) {
    lrs.forEach((lr, column) => {
      const needed = stepsNeeded(surface, RULES[kind], { ...settings, lr, [name]: value }, start, steps, rates[column]);
      first[row * lrs.length + column] = needed.first;
      stays[row * lrs.length + column] = needed.stays;
    });
    yield row;
  }
}
