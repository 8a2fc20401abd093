import assert from "node:assert/strict";
import { test } from "node:test";

import { partOfStep, STANDING, tick, ticked } from "../../../optimlib/js/lab/clock.js";

const PLAYING = { playing: true, step: 3, steps: 20 };

test("a lab that stands has no clock running, whatever the time is", () => {
  const running = { part: 0.5, at: 1000 };
  assert.deepEqual(ticked(running, { playing: false, step: 3, steps: 20 }, 5000), { clock: STANDING, step: 3, playing: false });
});

test("it begins where it is, and at the last step from the start", () => {
  assert.deepEqual(ticked(STANDING, PLAYING, 1000), { clock: { part: 0, at: 1000 }, step: 3, playing: true });
  assert.deepEqual(ticked(STANDING, { ...PLAYING, step: 20 }, 1000), { clock: { part: 0, at: 1000 }, step: 0, playing: true });
});

test("a step takes a quarter of a second at most, and 30 ms at least", () => {
  const partAfter = (steps, milliseconds) => ticked({ part: 0, at: 1000 }, { playing: true, step: 0, steps }, 1000 + milliseconds).clock.part;
  assert.equal(partAfter(20, 50), 0.2);
  assert.equal(partAfter(5, 50), 0.2);
  assert.equal(partAfter(50, 50), 0.5);
  assert.equal(partAfter(10_000, 15), 0.5);
  const slow = { playing: true, step: 0, steps: 20, slow: true };
  assert.equal(ticked({ part: 0, at: 1000 }, slow, 1050).clock.part, 0.1, "at half speed twice that");
});

test("a frame may walk several steps, and what was out of sight for long stood still", () => {
  const { clock, step } = ticked({ part: 0.5, at: 1000 }, { playing: true, step: 0, steps: 500 }, 1090);
  assert.equal(step, 3);
  assert.ok(Math.abs(clock.part - 0.5) < 1e-9);
  assert.equal(ticked({ part: 0, at: 1000 }, { playing: true, step: 0, steps: 20 }, 60_000).clock.part, 0.4);
});

test("it ends at the last step, also where the steps were cut", () => {
  for (const lab of [
    { playing: true, step: 19, steps: 20 },
    { playing: true, step: 20, steps: 20 },
  ]) {
    assert.deepEqual(ticked({ part: 0.9, at: 1000 }, lab, 1100), { clock: STANDING, step: 20, playing: false });
  }
});

test("a model that is shown twice has one clock, and is told only of what changes", () => {
  const [model, written] = [{}, []];
  const write = (values) => written.push(values);
  tick(model, PLAYING, 1000, write);
  for (let i = 0; i < 2; i++) tick(model, PLAYING, 1050, write); // two labs in one frame
  assert.equal(partOfStep(model), 0.2);
  assert.deepEqual(written, []);
  tick(model, { ...PLAYING, steps: 3 }, 1060, write);
  assert.deepEqual([written, partOfStep(model), partOfStep({})], [[{ step: 3, playing: false }], 0, 0]);
});
