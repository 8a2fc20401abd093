import assert from "node:assert/strict";
import { test } from "node:test";

import { descend } from "../../../optimlib/js/core/descend.js";
import { crossings, progress, stepsToReach, stepsToStay, sumOfSquares } from "../../../optimlib/js/core/measures.js";
import { RULES } from "../../../optimlib/js/core/rules.js";
import { quadratic, sine } from "../../../optimlib/js/core/surface.js";

const valley = quadratic([0.2, 4]);
const run = (kind, settings, steps = 20) => descend(valley, RULES[kind], settings, [-5, -2], steps);
const end = (kind, settings) => run(kind, settings).points[20].map((x) => x.toFixed(6));

test("twenty steps end where d2l.ai says", () => {
  assert.deepEqual(end("gradient_descent", { lr: 0.4 }), ["-0.943467", "-0.000073"]);
  assert.deepEqual(end("momentum", { lr: 0.6, beta: 0.25 }), ["-0.126340", "-0.186632"]);
  assert.deepEqual(end("adagrad", { lr: 0.4, eps: 1e-6 }), ["-2.382563", "-0.158591"]);
  assert.deepEqual(end("rmsprop", { lr: 0.4, rho: 0.9, eps: 1e-6 }), ["-0.010599", "0.000000"]);
});

test("a run records the start, every step and what the rule remembers", () => {
  const { points, losses, gradients, state, divergedAt } = run("momentum", { lr: 0.6, beta: 0.5 }, 3);
  assert.deepEqual(
    [points, losses, gradients, ...state.velocity].map(({ length }) => length),
    [4, 4, 4, 4, 4],
  );
  assert.deepEqual(
    state.velocity.map((line) => line[0]),
    [0, 0],
  );
  assert.equal(divergedAt, null);
  assert.deepEqual(run("gradient_descent", { lr: 0.4 }, 3).state, {});
});

test("divergence is told by its step, and no step is left out", () => {
  const { divergedAt, points } = run("gradient_descent", { lr: 0.6 });
  assert.equal(divergedAt, 11);
  assert.equal(points.length, 21);
  assert.equal(descend(valley, RULES.gradient_descent, { lr: 1 }, [0, 0], 5).divergedAt, null);
});

test("with eps 0 and no gradient the step is 0", () => {
  const still = descend(valley, RULES.rmsprop, { lr: 0.4, rho: 0.9, eps: 0 }, [0, -2], 5);
  assert.ok(still.points.every(([x1]) => x1 === 0));
});

test("sines of whole degrees, in each quarter", () => {
  assert.deepEqual([0, 30, 90, 150, 180, 210, 270, 360, -90, 720 + 30].map(sine), [0, 0.5, 1, 0.5, 0, -0.5, -1, 0, -1, 0.5]);
});

test("a turned valley keeps its heights", () => {
  const turned = quadratic([0.2, 4], 90);
  assert.deepEqual(turned.axes([-5, -2]), [-2, 5]);
  assert.deepEqual(turned.fromAxes([-2, 5]), [-5, -2]);
  assert.equal(turned.loss([2, -5]), valley.loss([-5, -2]));
});

test("measures", () => {
  assert.equal(stepsToReach([8, 2, 4, 1], 0.25), 1);
  assert.equal(stepsToStay([8, 2, 4, 1], 0.25), 3);
  assert.equal(stepsToStay([8, 2, 4], 0.25), null);
  assert.equal(stepsToReach([8, NaN], 0.25), null);
  assert.equal(crossings([-2, 1, 0, -0.5, 0.001, -0.001]), 3);
  assert.equal(sumOfSquares([-2, 1, -0.5]), 1.25);
  assert.equal(progress([-5, -2, 1]), 0.8);
});
