import { KINDS } from "../core/catalogue.js";
import { MAPPED } from "../core/catalogue_more.js";
import { RULES } from "../core/rules.js";
import { ratesOf } from "../core/schedules.js";
import { surfaceOf } from "../core/surface.js";
import { stepsNeeded, sweepRows } from "../core/sweep.js";
import { scheduleOfNew } from "./rate_changes.js";

// The grid of settings of the map, and what is counted on it.

/** How many settings each way. */
export const SIDE = 64;

/** How many steps a setting has to converge. */
export const MAP_STEPS = 300;

/** Milliseconds of work before the page may breathe. */
const SLICE = 5;

/** A sixty-third of the way from 0.01 to 10, as a factor. Written out: ** is only as good as the browser's. */
const NEXT_LR = 1.1158839925077484;

/** The learning rates of the map, round numbers from 0.01 to 10, and the values of the other setting. */
export const MAP_LRS = [];
for (let i = 0, lr = 0.01; i < SIDE; i++, lr *= NEXT_LR) MAP_LRS.push(Number(lr.toPrecision(3)));
export const MAP_VALUES = Array.from({ length: SIDE }, (_, i) => Number(((0.98 * i) / (SIDE - 1)).toFixed(3)));

/**
 * What the map is of: a rule on a ground, and the setting that the rule has now.
 * @typedef {object} MapScene
 * @property {import("../core/other_ground.js").Ground} ground
 * @property {number[]} curvatures
 * @property {number} angle
 * @property {boolean} noisy whether the lab has noise, which the map leaves out
 * @property {number[]} start
 * @property {"light"|"dark"} theme
 * @property {Object<string, ?object>} settings of each rule that has a map, null where the lab has no such rule
 * @property {Object<string, import("../core/schedules.js").Schedule>} schedules how its rate changes
 */

/** @returns {MapScene} */
export function mapSceneOf({ lab: { ground, curvatures, angle, noise, start, rules }, theme }) {
  const ofEach = (f) => Object.fromEntries(Object.keys(MAPPED).map((kind) => [kind, f(rules.find((rule) => rule.kind === kind))]));
  const settings = ofEach((rule) => rule?.settings ?? null);
  return { ground, curvatures, angle, noisy: noise[0] > 0, start, theme, settings, schedules: ofEach((rule) => rule?.schedule ?? scheduleOfNew({ rules })) };
}

/** The index of the number that is nearest in a sorted list. */
const nearestIn = (list, value) => list.reduce((best, one, i) => (Math.abs(one - value) < Math.abs(list[best] - value) ? i : best), 0);

/** The place on the grid, [column, row], of a rule's settings. */
export function placeOf(kind, settings) {
  return [nearestIn(MAP_LRS, settings?.lr ?? 0.1), nearestIn(MAP_VALUES, settings?.[MAPPED[kind].over] ?? 0.5)];
}

/** The setting at a place of the grid. */
export const settingAt = (kind, column, row) => ({ kind, lr: MAP_LRS[column], [MAPPED[kind].over]: MAP_VALUES[row] });

/** The setting that a rule has in the lab, which need not be one of the grid; where the lab has no such rule, one of the grid. */
export function settingNow(kind, settings) {
  if (!settings) return settingAt(kind, ...placeOf(kind, null));
  return { kind, lr: settings.lr, [MAPPED[kind].over]: settings[MAPPED[kind].over] };
}

/** A setting in words; steps: what is counted there, below 0 for none, null while it is being counted. */
export function settingWords(setting, steps) {
  const { over } = MAPPED[setting.kind];
  const said = steps === null ? "counting …" : steps < 0 ? `not within ${MAP_STEPS} steps` : `${steps} steps`;
  return `lr ${setting.lr}, ${over} ${setting[over]}: ${said}`;
}

/** The steps at one setting, {first, stays}, counted as those of the grid. @param {any} setting @param {MapScene} scene */
export function stepsAtSetting(setting, { settings, schedules, start, ...world }) {
  const { kind, lr } = setting;
  const rates = ratesOf(schedules[kind], lr, MAP_STEPS);
  return stepsNeeded(surfaceOf(world), RULES[kind], { ...KINDS[kind].settings, ...settings[kind], ...setting }, start, MAP_STEPS, rates);
}

const breathe = () =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(port1.close());
    port2.postMessage(0);
  });

/**
 * Counts the steps at every setting, in slices; a new count takes the place of one that is under way. onDone() is called when
 * one is whole, onBusy() when one begins.
 */
export function createCount({ onBusy, onDone }) {
  let count = null; // {of, done, first, stays}: of what, and for each setting the steps, row by row
  return {
    /** Count for a rule in a MapScene, unless that is what is counted already. */
    async begin(kind, { ground, curvatures, angle, start, settings, schedules }) {
      const schedule = schedules[kind];
      const { over } = MAPPED[kind];
      const { lr: _, [over]: __, ...others } = { ...KINDS[kind].settings, ...settings[kind] };
      const of = JSON.stringify([ground, curvatures, angle, start, kind, others, schedule]);
      if (count?.of === of) return;
      const mine = { of, done: false, first: new Int16Array(SIDE * SIDE).fill(-1), stays: new Int16Array(SIDE * SIDE).fill(-1) };
      count = mine;
      onBusy();
      const job = { ground, curvatures, angle, start, kind, lrs: MAP_LRS, name: over, values: MAP_VALUES, settings: others, schedule, steps: MAP_STEPS };
      let began = performance.now();
      for (const _ of sweepRows(job, mine.first, mine.stays)) {
        if (performance.now() - began < SLICE) continue;
        await breathe();
        if (count !== mine) return;
        began = performance.now();
      }
      mine.done = true;
      onDone();
    },
    isDone: () => count?.done === true,
    /** The steps at a place: "first" or "stays" says which. */
    stepsAt: (which, column, row) => count[which][row * SIDE + column],
  };
}
