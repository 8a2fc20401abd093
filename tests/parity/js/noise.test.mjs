import assert from "node:assert/strict";
import { test } from "node:test";

import { RULES } from "../../../optimlib/js/core/rules.js";
import { descend } from "../../../optimlib/js/core/descend.js";
import { drawsOf, noiseOf } from "../../../optimlib/js/core/noise.js";
import { CONSTANT } from "../../../optimlib/js/core/schedules.js";
import { quadratic } from "../../../optimlib/js/core/surface.js";
import { asPython } from "../../../optimlib/js/lab/as_python.js";
import { presetValues } from "../../../optimlib/js/lab/findings.js";
import { linkOf, readLink } from "../../../optimlib/js/lab/link.js";
import { createResults } from "../../../optimlib/js/lab/results.js";
import { formulaFor, SEEDS, seedsFrom, spreadOf } from "../../../optimlib/js/lab/seeds.js";
import { readLab, worldWords } from "../../../optimlib/js/lab/state.js";
import { modelOf } from "./saved_lab.mjs";

test("a lab of an older notebook, which has no noise, has none; one that is not usable is left out and said", () => {
  const old = readLab({ get: (name) => (name === "noise" ? undefined : modelOf().get(name)) });
  assert.deepEqual([old.noise, old.notes], [[0, 1, 0], []]);
  for (const wrong of [1, null, "1,1,0", [1, 1], [-1, 1, 0], [NaN, 1, 0], [1, 0, 0], [1, 1.5, 0], [1, 1, -1], [1, 1, 4294967296]]) {
    const lab = readLab(modelOf({ noise: wrong }));
    assert.deepEqual(lab.noise, [0, 1, 0]);
    assert.match(lab.notes.join(" "), /noise was not usable/);
  }
});

test("a link and Python's lines carry the noise, and a link without it has none", () => {
  const noisy = readLab(modelOf({ noise: [0.5, 4, 7] }));
  const link = linkOf(noisy, 1);
  assert.deepEqual(readLink(link, readLab(modelOf()), 1).values.noise, [0.5, 4, 7]);
  assert.deepEqual(readLink(linkOf(readLab(modelOf()), 1), noisy, 1).values.noise, [0, 1, 0]);
  assert.match(readLink(link.replace(/noise=[^&]*/, "noise=-1,4,7"), noisy, 1).notes.join(" "), /noise in the link was not usable/);
  assert.match(asPython(noisy), /import Lab, Momentum, Noise, Quadratic\n/);
  assert.match(asPython(noisy), /steps=20, noise=Noise\(sd=0.5, batch=4, seed=7\)\)/);
  assert.doesNotMatch(asPython(readLab(modelOf())), /Noise/);
  assert.match(worldWords(noisy), /noise σ 0.5, minibatch 4, seed 7/);
});

test("a finding that says nothing of noise is shown without it", () => {
  const noisy = readLab(modelOf({ noise: [0.5, 4, 7] }));
  assert.deepEqual(presetValues({ steps: 20, rules: [] }, noisy).noise, [0, 1, 0]);
});

test("a setting that is on or off goes through a link and into Python", () => {
  const rules = [{ key: "adam", kind: "adam", label: "Adam", settings: [] }];
  const plain = { adam_lr: 0.4, adam_beta1: 0.9, adam_beta2: 0.999, adam_eps: 1e-8 };
  const lab = readLab(modelOf({ rules, ...plain, adam_correct_bias: false }));
  assert.equal(readLink(linkOf(lab, 1), readLab(modelOf({ rules, ...plain, adam_correct_bias: true })), 1).values.adam_correct_bias, false);
  assert.match(asPython(lab), /Adam\(lr=0.4, beta1=0.9, beta2=0.999, eps=1e-8, correct_bias=False\)/);
  const added = readLab(modelOf({ added: [{ kind: "adam", lr: 0.1, beta1: 0.5, beta2: 0.9, eps: 0, correct_bias: false }] }));
  assert.deepEqual(readLink(linkOf(added, 1), readLab(modelOf()), 1).values.added[0].correct_bias, false);
});

test("twelve seeds: the lab's own and those after it, and round the end", () => {
  assert.deepEqual(
    seedsFrom([1, 2, 4294967294]).map(([, , seed]) => seed),
    [4294967294, 4294967295, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
  assert.equal(seedsFrom([1, 2, 0]).length, SEEDS);
});

test("they end as spread as the formula says, along the valley and across it, also a turned one", () => {
  for (const angle of [0, 30]) {
    const valley = quadratic([0.5, 4], angle);
    const rule = { kind: "momentum", settings: { lr: 0.1, beta: 0.5 }, schedule: CONSTANT };
    const runs = seedsFrom([1, 1, 5]).map(
      (noise) => descend(valley, RULES.momentum, rule.settings, [0, 0], 4000, { draws: drawsOf(noiseOf(noise), 4001, 2) }).points,
    );
    const spread = spreadOf(runs, valley);
    const formula = formulaFor(rule, { curvatures: [0.5, 4], angle, noise: [1, 1, 5] });
    formula.forEach((expected, i) => assert.ok(Math.abs(spread[i] / expected - 1) < 0.05, `${spread[i]} ${expected}`));
  }
});

test("a minibatch four times as large halves the formula's spread; Adam has no formula, and RMSProp's is for a straight valley", () => {
  const lab = { curvatures: [0.2, 4], angle: 30, noise: [1, 1, 0] };
  const momentum = { kind: "momentum", settings: { lr: 0.1, beta: 0.5 }, schedule: CONSTANT };
  const small = formulaFor(momentum, { ...lab, noise: [1, 4, 0] });
  formulaFor(momentum, lab).forEach((spread, i) => assert.equal(small[i], spread / 2));
  assert.equal(formulaFor({ kind: "adam", settings: {}, schedule: CONSTANT }, lab), null);
  assert.equal(formulaFor({ kind: "rmsprop", settings: { lr: 0.1 }, schedule: CONSTANT }, lab), null);
  assert.ok(formulaFor({ kind: "rmsprop", settings: { lr: 0.1 }, schedule: CONSTANT }, { ...lab, angle: 0 }));
  assert.deepEqual(formulaFor({ kind: "gradient_descent", settings: { lr: 0.6 }, schedule: CONSTANT }, lab)[1], Infinity);
  const [along, across] = formulaFor({ kind: "rmsprop", settings: { lr: 0.4 }, schedule: CONSTANT }, { ...lab, angle: 0 });
  assert.ok(along > 0 && Number.isNaN(across), "at this rate the formula holds along the valley, and across it does not");
});

test("what is drawn for a rule of the reader's is what the others meet", () => {
  const noise = { sd: 0.5, batch: 1, seed: 3 };
  const rule = { key: "a", kind: "gradient_descent", settings: { lr: 0.1 }, schedule: CONSTANT, replay: null };
  const run = createResults().run(rule, { ground: {}, curvatures: [0.2, 4], angle: 0, start: [-5, -2], steps: 6, noise: [0.5, 1, 3] });
  assert.deepEqual(
    drawsOf(noise, 6, 2),
    run.state.noise.map((line) => line.slice(0, 6)),
  );
  assert.equal(drawsOf(null, 6, 2), null);
});
