import assert from "node:assert/strict";
import { test } from "node:test";

import { descend } from "../../../optimlib/js/core/descend.js";
import { RULES } from "../../../optimlib/js/core/rules.js";
import { CONSTANT, ratesOf } from "../../../optimlib/js/core/schedules.js";
import { quadratic } from "../../../optimlib/js/core/surface.js";
import { additionOf } from "../../../optimlib/js/lab/additions.js";
import { presetValues } from "../../../optimlib/js/lab/findings.js";
import { linkOf, readLink } from "../../../optimlib/js/lab/link.js";
import { mapSceneOf, stepsAtSetting } from "../../../optimlib/js/lab/map_grid.js";
import { commonSchedule, scheduleChange } from "../../../optimlib/js/lab/rate_changes.js";
import { resetTo } from "../../../optimlib/js/lab/restored.js";
import { createResults } from "../../../optimlib/js/lab/results.js";
import { brakingOf } from "../../../optimlib/js/lab/run_facts.js";
import { formulaFor } from "../../../optimlib/js/lab/seeds.js";
import { worldOf } from "../../../optimlib/js/lab/session.js";
import { learningRates, limitsOf } from "../../../optimlib/js/lab/side_plots.js";
import { readLab } from "../../../optimlib/js/lab/state.js";
import { labOf } from "../../../tools/site/lab_state.js";
import { modelOf, SAVED } from "./saved_lab.mjs";

const HALF = /** @type {import("../../../optimlib/js/core/schedules.js").Schedule} */ (["exponential", 0.5]);
const ADDED = { kind: "rmsprop", label: "RMSProp", on: true, lr: 0.4, rho: 0.9, eps: 1e-6 };
const labWith = (changes) => readLab(modelOf(changes));

test("a lab of an older notebook has constant rates; what is no schedule is replaced and named", () => {
  const old = readLab({ get: (name) => (name === "momentum_schedule" ? undefined : SAVED[name]) });
  assert.deepEqual([old.rules[0].schedule, old.notes], [CONSTANT, []]);
  for (const wrong of [3, "exponential", ["exponential"], ["exponential", 0], ["exponential", 1.5], ["warm_up", 2.5], ["cosine", 2], ["__proto__", 1]]) {
    const lab = labWith({ momentum_schedule: wrong, added: [{ ...ADDED, schedule: wrong }] });
    assert.deepEqual(
      lab.rules.map(({ schedule }) => schedule),
      [CONSTANT, CONSTANT],
    );
    assert.match(lab.notes.join(" "), /schedule of momentum was not usable.*schedule of RMSProp was not usable/);
  }
});

test("a link carries the schedules, and one without them is of constant rates", () => {
  const lab = labWith({
    momentum_schedule: ["inverse_time", 7.5],
    added: [
      { ...ADDED, schedule: ["warm_up", 9] },
      { ...ADDED, label: "other" },
    ],
  });
  const link = linkOf(lab, 1);
  const { values, notes } = readLink(link, labWith(), 1);
  assert.deepEqual([values.momentum_schedule, values.added.map(({ schedule }) => schedule), notes], [["inverse_time", 7.5], [["warm_up", 9], undefined], []]);
  assert.deepEqual(readLink(linkOf(labWith(), 1), lab, 1).values.momentum_schedule, CONSTANT);
  assert.match(readLink(link.replace("inverse_time%2C7.5", "inverse_time%2C-1"), lab, 1).notes.join(), /momentum_schedule in the link was not usable/);
  assert.match(readLink(link.replace("warm_up%2C9", "warm_up%2C9.5"), lab, 1).notes.join(), /A rule in the link was not usable/);
});

test("the lab alone takes them from a link", () => {
  const { state, hash } = labOf(linkOf(labWith({ momentum_schedule: HALF, added: [ADDED] }), 3));
  assert.deepEqual([state.momentum_schedule, state.rmsprop_schedule], [HALF, CONSTANT]);
  assert.match(decodeURIComponent(hash), /rule\.momentum=1,0\.6,0\.5,exponential,0\.5&/);
});

test("one choice is for all rules, added or not, and a new rule takes it", () => {
  const before = labWith({ added: [ADDED] });
  assert.deepEqual(commonSchedule(before), CONSTANT);
  const change = scheduleChange(before, HALF);
  assert.deepEqual(change, { momentum_schedule: HALF, added: [{ ...ADDED, schedule: HALF }] });
  const lab = labWith(change);
  assert.deepEqual(commonSchedule(lab), HALF);
  assert.deepEqual(additionOf(lab, "adagrad").added.at(-1).schedule, HALF);
  const mixed = labWith({ ...change, momentum_schedule: CONSTANT });
  assert.equal(commonSchedule(mixed), null);
  assert.equal(additionOf(mixed, "adagrad").added.at(-1).schedule, undefined);
  assert.deepEqual(commonSchedule(labWith({ ...change, momentum_schedule: CONSTANT, momentum_on: false })), HALF, "those that are shown");
  assert.deepEqual(scheduleChange(lab, CONSTANT).momentum_schedule, CONSTANT);
  const mine = labWith({ rules: [{ key: "mine", kind: "replay", label: "mine", settings: [] }] });
  assert.deepEqual([commonSchedule(mine), scheduleChange(mine, HALF)], [null, { added: [] }], "a rule of the notebook's own has none");
});

test("a finding, a reset and what a finding is about know the schedule", () => {
  const lab = labWith({ momentum_schedule: HALF });
  assert.deepEqual(resetTo(lab).momentum_schedule, HALF);
  assert.notEqual(worldOf(lab), worldOf(labWith()));
  const values = presetValues({ steps: 20, rules: [{ kind: "momentum" }, { kind: "rmsprop", schedule: HALF }] }, lab);
  assert.deepEqual([values.momentum_schedule, values.added[0].schedule], [CONSTANT, HALF]);
});

test("the rate of each step is in the run, its effective rates and its curve", () => {
  const lab = labWith({ added: [{ ...ADDED, schedule: HALF }], steps: 4 });
  const [momentum, braked] = lab.rules.map((rule) => ({ rule, run: createResults().run(rule, lab) }));
  assert.deepEqual([learningRates(/** @type {any} */ (momentum)), learningRates(/** @type {any} */ (braked))], [Array(4).fill(0.6), [0.4, 0.2, 0.1, 0.05]]);
  const [brake, rate] = Object.values(brakingOf(braked.rule, braked.run)).map(([x1]) => x1[3]);
  assert.equal(rate, 0.1 * (1 / brake));
  assert.deepEqual(limitsOf([[0.04, 0.4], [0.1]], false, true), [0, 0.4], "a warm-up is seen whole");
  assert.deepEqual(limitsOf([], false, true), [0, 1]);
  assert.equal(formulaFor({ ...momentum.rule, schedule: HALF }, { ...lab, noise: [1, 1, 0] }), null);
});

test("the map counts with the schedule that the rule has in the lab", () => {
  const scene = mapSceneOf({ lab: labWith({ momentum_schedule: ["inverse_time", 5] }), theme: "light" });
  assert.deepEqual(
    [scene.schedules.momentum, scene.schedules.rmsprop],
    [
      ["inverse_time", 5],
      ["inverse_time", 5],
    ],
  );
  const { first } = stepsAtSetting({ kind: "momentum", lr: 0.6, beta: 0.5 }, scene);
  const rates = ratesOf(["inverse_time", 5], 0.6, 300);
  const { losses } = descend(quadratic([0.2, 4]), RULES.momentum, { lr: 0.6, beta: 0.5 }, [-5, -2], 300, { rates });
  assert.equal(
    first,
    losses.findIndex((loss) => loss <= 1e-6 * losses[0]),
  );
  assert.notEqual(first, stepsAtSetting({ kind: "momentum", lr: 0.6, beta: 0.5 }, mapSceneOf({ lab: labWith(), theme: "light" })).first);
});
