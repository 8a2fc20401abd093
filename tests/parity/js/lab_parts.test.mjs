import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { KINDS } from "../../../optimlib/js/core/catalogue.js";
import { descend } from "../../../optimlib/js/core/descend.js";
import { presetValues } from "../../../optimlib/js/lab/findings.js";
import { readLab } from "../../../optimlib/js/lab/state.js";
import { measured, stillToGo, verdict } from "../../../optimlib/js/lab/measure_table.js";
import { firstVerdict, placeVerdict } from "../../../optimlib/js/lab/predict.js";
import { presetIn } from "../../../optimlib/js/lab/finding_links.js";
import { RULES } from "../../../optimlib/js/core/rules.js";
import { CONSTANT } from "../../../optimlib/js/core/schedules.js";
import { quadratic } from "../../../optimlib/js/core/surface.js";
import { turnedStart, withCondition } from "../../../optimlib/js/lab/valley_card.js";
import { modelOf } from "./saved_lab.mjs";

const PRESETS = JSON.parse(readFileSync(new URL("../../../optimlib/lab/findings.json", import.meta.url)));
const valley = quadratic([0.2, 4]);
const runOf = (kind, settings, steps = 20) => descend(valley, RULES[kind], settings, [-5, -2], steps);

test("a finding shows its rules and no others, whatever the lab has", () => {
  const others = [
    { key: "mine", kind: "replay", label: "mine" },
    { key: "momentum", kind: "momentum", label: "momentum" },
  ];
  for (const preset of PRESETS) {
    for (const rules of [undefined, others]) {
      const model = modelOf({ ...(rules && { rules }) });
      const lab = readLab(modelOf({ ...(rules && { rules }), ...presetValues(preset, readLab(model)) }));
      assert.deepEqual(lab.notes, []);
      const shown = lab.rules.filter(({ on }) => on).map(({ kind, settings, schedule }) => ({ kind, schedule, ...settings }));
      const byKind = (a, b) => (a.kind < b.kind ? -1 : 1);
      assert.deepEqual(shown.sort(byKind), preset.rules.map((rule) => ({ schedule: CONSTANT, ...KINDS[rule.kind].settings, ...rule })).sort(byKind), preset.id);
      assert.deepEqual([lab.steps, lab.angle], [preset.steps, preset.angle ?? 0]);
    }
  }
});

test("the id of a finding in an address", () => {
  assert.equal(presetIn("x.html#preset=past-the-edge"), "past-the-edge");
  for (const address of ["", "#preset=", "#preset=<b>", "#lab=1", "#presets=a"]) assert.equal(presetIn(address), "");
});

test("measures in words", () => {
  const wordsOf = (kind, settings, steps) => {
    const run = runOf(kind, settings, steps);
    return verdict(
      measured(
        run,
        run.points.map((point) => point[1]),
      ),
    );
  };
  assert.equal(wordsOf("gradient_descent", { lr: 0.6 }), "diverged at step 11");
  assert.equal(wordsOf("gradient_descent", { lr: 0.4 }), "on its way");
  assert.equal(wordsOf("gradient_descent", { lr: 0.5 }), "still bouncing, ±2 across");
  assert.equal(wordsOf("momentum", { lr: 0.6, beta: 0.5 }), "came home, within 1 %");
  assert.equal(wordsOf("momentum", { lr: 0.6, beta: 0.5 }, 60), "got there");
  assert.equal(wordsOf("rmsprop", { lr: 0.4, rho: 0.9, eps: 1e-6 }, 100), "got there, and left");
  assert.equal(wordsOf("rmsprop", { lr: 0.4, rho: 0.9, eps: 1e-6 }, 5000), "still bouncing, ±0.2 across");
  assert.equal(
    stillToGo(
      [
        [-3, 4],
        [0, 2.5],
      ],
      9,
    ),
    0.5,
  );
});

test("how close a guess of the place came", () => {
  const run = runOf("momentum", { lr: 0.6, beta: 0.5 });
  assert.match(
    placeVerdict("momentum", run, run.points[20], 20, 5),
    /^Very close\. After 20 steps momentum is at 0\.00719, 0\.00255\. Your guess is 0 away: 0 %/,
  );
  assert.match(placeVerdict("momentum", run, [-5, -2], 20, Math.sqrt(29)), /^After .* 100 % of the start/);
  assert.equal(placeVerdict("momentum", run, null, 20, 5), "After 20 steps momentum is at 0.00719, 0.00255.");
  assert.match(placeVerdict("momentum", run, [0, 0], 20, 0), /away\.$/, "no share where the start is at the lowest point");
  assert.match(placeVerdict("it", runOf("gradient_descent", { lr: 0.6 }), [0, 0], 20, 5), /left the valley: it diverged at step 11/);
});

test("who gets there first", () => {
  const rules = [
    ["momentum", { lr: 0.6, beta: 0.5 }],
    ["gradient_descent", { lr: 0.4 }],
  ].map(([kind, settings]) => ({ label: kind, losses: runOf(kind, settings, 200).losses }));
  assert.match(firstVerdict(rules, "momentum", 200), /^Right: momentum gets there first, at step \d+\.$/);
  assert.match(firstVerdict(rules, "gradient_descent", 200), /^No: momentum gets/);
  const [twin] = rules;
  assert.match(firstVerdict([twin, { ...twin, label: "its twin" }], "its twin", 200), /^Right: momentum and its twin get there/);
  const short = rules.map(({ label, losses }) => ({ label, losses: losses.slice(0, 3) }));
  assert.match(firstVerdict(short, "", 2), /^Right: none gets there within 2 steps/);
  assert.match(firstVerdict(rules, null, 200), /^Momentum gets there first, at step \d+\.$/);
});

test("the start turns with the valley, and the condition number keeps the largest curvature", () => {
  const [x1, x2] = turnedStart({ curvatures: [0.2, 4], angle: 0, start: [-5, -2] }, 90);
  assert.deepEqual([x1, x2], [2, -5]);
  assert.deepEqual(withCondition([0.2, 4], 20, 1), [0.2, 4]);
  assert.deepEqual(withCondition([4, 0.2], 100, 0), [4, 0.04]);
  assert.deepEqual(withCondition([4, 4], 20, 0), [4, 0.2], "a round valley remembers which direction was steep");
});
