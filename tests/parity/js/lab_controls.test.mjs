// What a reader handles: sliders, the brake's bars, numbers that change, a rule that is added.

import assert from "node:assert/strict";
import { test } from "node:test";

import { descend } from "../../../optimlib/js/core/descend.js";
import { RULES } from "../../../optimlib/js/core/rules.js";
import { quadratic } from "../../../optimlib/js/core/surface.js";
import { additionOf, freeSettings } from "../../../optimlib/js/lab/additions.js";
import { lengthOf, scaleOf } from "../../../optimlib/js/lab/brake_bars.js";
import { brakingOf } from "../../../optimlib/js/lab/run_facts.js";
import { readLab } from "../../../optimlib/js/lab/state.js";
import { readout, shortText } from "../../../optimlib/js/lab/words.js";
import { linearScale, rateScale, roundest } from "../../../optimlib/js/ui/sliders.js";
import { modelOf } from "./saved_lab.mjs";

const EPS = 1e-6;
const runOf = (kind, settings, steps = 20) => descend(quadratic([0.2, 4], 0), RULES[kind], settings, [-5, -2], steps);

test("where a pixel is several places, the pointer finds the round numbers", () => {
  const rate = rateScale(-2, 0);
  const near = (value, reach) => rate.at(roundest(rate, rate.placeOf(value), reach));
  assert.deepEqual([near(0.49, 1), near(0.51, 1), near(0.5, 1), near(0.098, 2)], [0.5, 0.5, 0.5, 0.1]);
  assert.deepEqual([near(0.49, 0), near(0.47, 1)], [0.49, 0.47], "what is not near, or asked for by key, stays");
  const share = linearScale(0, 0.99, 0.01);
  assert.deepEqual([roundest(share, 0, 3), roundest(share, 99, 1)], [0, 99], "no place beyond the ends");
});

test("a brake's bars have one scale for the run: AdaGrad's only grow", () => {
  const settings = { lr: 2, eps: EPS };
  const braking = brakingOf({ replay: null, settings }, runOf("adagrad", settings));
  const most = scaleOf(braking.brakes);
  const lengths = braking.brakes[0].slice(1).map((brake) => lengthOf(brake, most));
  assert.ok(lengths[0] < lengths.at(-1) && lengths.every((length, i) => i === 0 || length >= lengths[i - 1]), String(lengths));
  assert.equal(lengthOf(Math.max(...braking.rates.map((line) => line[1])), scaleOf(braking.rates)), 100);
  assert.equal(brakingOf({ replay: null, settings }, runOf("momentum", { lr: 0.6, beta: 0.5 })), undefined);
  assert.deepEqual(
    [
      lengthOf(Infinity, 3),
      lengthOf(1, 0),
      scaleOf([[9], [9]]),
      scaleOf([
        [9, 1, Infinity, NaN],
        [9, 2],
      ]),
    ],
    [100, 0, 0, 2],
  );
});

test("numbers that change have three digits, and what rounding has left is about 0", () => {
  assert.deepEqual([0.943467, -0.0072345, 1.7e-22, -1.4e-162, 0, 12345].map(shortText), ["0.943", "−0.00723", "1.7·10⁻²²", "≈ 0", "0", "12,300"]);
  assert.deepEqual([NaN, Infinity].map(shortText), ["not a number", "∞"]);
  const landed = runOf("adagrad", { lr: 2, eps: EPS }, 3);
  assert.equal(readout(landed, 3)[1], "x₂ ≈ 0", "what rounding has left of a position");
  const away = runOf("gradient_descent", { lr: 0.6 }, 60);
  assert.deepEqual(readout(away, 60).slice(1), ["x₂ < −10,000", "loss > 10,000"], "the warning says that it has diverged");
});

test("a rule that is added takes other settings where its path would lie under another", () => {
  const lab = readLab(modelOf({ added: [] }));
  const first = freeSettings(lab, "gradient_descent");
  assert.equal(first.lr, 0.4, "there is none yet");
  const second = readLab(modelOf(additionOf(lab, "gradient_descent", first)));
  assert.equal(freeSettings(second, "gradient_descent").lr, 0.2);
  const third = readLab(modelOf(additionOf(second, "gradient_descent", freeSettings(second, "gradient_descent"))));
  assert.equal(freeSettings(third, "gradient_descent").lr, 0.1);
});
