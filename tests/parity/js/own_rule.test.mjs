import assert from "node:assert/strict";
import { test } from "node:test";

import { readLab } from "../../../optimlib/js/lab/state.js";
import { isAnswered, playOwnRule } from "../../../optimlib/js/lab/own_rule_runner.js";
import { OPENING, ownStatus } from "../../../optimlib/js/lab/own_rule_panel.js";
import { drawsOf } from "../../../optimlib/js/core/noise.js";
import { sine } from "../../../optimlib/js/core/surface.js";

const SAVED = { rules: [], steps: 2, step: 2, start: [-5, -2], curvatures: [0.2, 4], angle: 0, contours: {}, replays: {} };

/** As much of a model as the rule needs. */
function modelOf(changes = {}) {
  const state = { ...SAVED, ...changes };
  return { get: (name) => state[name], set: (name, value) => (state[name] = value), state };
}

/** A stand-in for the page's Python: each job waits until it is answered. */
function waitingPython() {
  const jobs = [];
  const python = { run: (job) => new Promise((resolve, reject) => jobs.push({ job, resolve, reject })) };
  return { jobs, python };
}

const jobOf = (model) => readLab(model).own.job;
const play = (model, python) => playOwnRule(model, python, () => jobOf(model));
const POINTS = {
  points: [
    [-5, -2],
    [-4, 1],
    [-3, 0],
  ],
  printed: "",
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a page that was saved before there were own rules has none, and a lab with contours never has", () => {
  const { own } = readLab(modelOf());
  assert.deepEqual([own.job.source, own.on, own.replay.points, own.problem], ["", true, [], ""]);
  const contours = { x: [0, 1], y: [0, 1], lines: [] };
  assert.equal(readLab(modelOf({ contours })).own, null);
});

test("what the rule's path depends on", () => {
  const job = jobOf(modelOf({ own_rule: "a", own_rule_run: 3, angle: 30 }));
  assert.deepEqual(job, { source: "a", run: 3, ground: {}, curvatures: [0.2, 4], angle: 30, noise: [0, 1, 0], start: [-5, -2], steps: 2 });
});

test("what is not usable is replaced in the job too", () => {
  const job = jobOf(modelOf({ own_rule: 3, start: "here", curvatures: [0, 1], angle: 0.5, steps: -1 }));
  assert.deepEqual(job, { source: "", run: 0, ground: {}, curvatures: [0.2, 4], angle: 0, noise: [0, 1, 0], start: [-5, -2], steps: 20 });
});

test("a reply is for one job; what was stopped stays stopped until the text or the run is another", () => {
  const job = jobOf(modelOf({ own_rule: "a" }));
  const moved = { ...job, start: [1, 2] };
  assert.ok(isAnswered(job, { ...POINTS, job: structuredClone(job) }));
  for (const changes of [{ start: [1, 2] }, { steps: 3 }, { angle: 1 }, { noise: [1, 1, 0] }, { curvatures: [1, 4] }, { run: 1 }, { source: "b" }]) {
    assert.ok(!isAnswered({ ...job, ...changes }, { ...POINTS, job }), JSON.stringify(changes));
  }
  assert.ok(!isAnswered(job, {}));
  assert.ok(isAnswered(moved, { stopped: "Stopped.", job }));
  assert.ok(!isAnswered({ ...moved, run: 1 }, { stopped: "Stopped.", job }));
});

test("the page's Python is asked with the cosine and the sine of the angle, and the losses are added", async () => {
  const model = modelOf({ own_rule: "a", angle: 30 });
  const { jobs, python } = waitingPython();
  const played = play(model, python);
  const { job, resolve } = jobs[0];
  assert.deepEqual(job, { task: "path", source: "a", curvatures: [0.2, 4], turn: [sine(120), sine(30)], start: [-5, -2], steps: 2, draws: null, ground: null });
  resolve(POINTS);
  await played;
  const { own } = readLab(model);
  assert.equal(own.replay.losses.length, 3);
  assert.equal(own.replay.points, readLab(model).own.replay.points, "the same object while nothing changes");
  model.set("angle", 720);
  play(model, python);
  assert.equal(jobs[1].job.turn, null);
});

test("the noise goes to the page's Python by step, two numbers each", () => {
  const model = modelOf({ own_rule: "a", noise: [0.5, 4, 7] });
  const { jobs, python } = waitingPython();
  play(model, python);
  const [first, second] = drawsOf({ sd: 0.5, batch: 4, seed: 7 }, 2, 2);
  assert.deepEqual(jobs[0].job.draws, [
    [first[0], second[0]],
    [first[1], second[1]],
  ]);
});

test("one job at a time, and the latest next", async () => {
  const model = modelOf({ own_rule: "a" });
  const { jobs, python } = waitingPython();
  const played = play(model, python);
  for (const x1 of [1, 2, 3]) {
    model.set("start", [x1, 0]);
    play(model, python);
  }
  assert.equal(jobs.length, 1);
  jobs[0].resolve(POINTS);
  await settled();
  assert.deepEqual(
    jobs.map(({ job }) => job.start),
    [
      [-5, -2],
      [3, 0],
    ],
  );
  jobs[1].resolve(POINTS);
  await played;
  play(model, python);
  await settled();
  assert.equal(jobs.length, 2, "what is known is not asked again");
});

test("what was stopped, or could not be loaded, is tried again when Run is pressed, and not before", async () => {
  const model = modelOf({ own_rule: "a", own_rule_run: 1 });
  const { jobs, python } = waitingPython();
  play(model, python);
  jobs[0].reject(new Error("Python could not be loaded."));
  await settled();
  assert.equal(readLab(model).own.problem, "Python could not be loaded.");
  model.set("steps", 9);
  play(model, python);
  assert.equal(jobs.length, 1);
  model.set("own_rule_run", 2);
  play(model, python);
  assert.equal(jobs.length, 2);
  jobs[1].resolve(POINTS);
  await settled();
  assert.equal(readLab(model).own.problem, "");
});

test("a problem leaves no path, and nothing is asked for no code", async () => {
  const model = modelOf({ own_rule: "a", own_rule_reply: { ...POINTS, losses: [1, 1, 1], job: {} } });
  const { jobs, python } = waitingPython();
  play(model, python);
  jobs[0].resolve({ problem: "Line 1: no.", printed: "hello" });
  await settled();
  const { own } = readLab(model);
  assert.deepEqual([own.problem, own.replay.points, own.reply.printed], ["Line 1: no.", [], "hello"]);
  model.set("own_rule", " \n");
  play(model, python);
  assert.equal(jobs.length, 1);
});

test("the status says what is the case", () => {
  const status = (changes) => {
    const { own } = readLab(modelOf(changes));
    return ownStatus(own, "x₁ 1");
  };
  const job = jobOf(modelOf({ own_rule: "a", own_rule_run: 1 }));
  const ran = { own_rule: "a", own_rule_run: 1 };
  assert.equal(status({}), "");
  assert.equal(status({ own_rule_run: 1 }), "There is no code yet.");
  assert.equal(status(ran), "Running …");
  assert.equal(status({ ...ran, own_rule_reply: { problem: "Line 1: no.", job } }), "Line 1: no.");
  assert.equal(status({ ...ran, own_rule_reply: { stopped: "Stopped.", job } }), "Stopped.");
  const reply = { ...POINTS, losses: [1, 2, 3], job };
  assert.equal(status({ ...ran, own_rule_reply: reply }), "It runs. At step 2: x₁ 1.");
  assert.equal(status({ ...ran, own_rule_run: 2, own_rule_reply: reply }), "Running …");
  assert.equal(status({ ...ran, start: [0, 0], own_rule_reply: reply }), "It runs. At step 2: x₁ 1.", "it follows in silence");
  assert.equal(status({ ...ran, own_rule_reply: { ...reply, losses: [1, 2, 5000] } }), "It runs. At step 2: x₁ 1. It diverged at step 2.");
});

test("what the editor opens with fits on a phone, where a line has some 30 letters", () => {
  assert.ok(OPENING.split("\n").every((line) => line.length <= 30));
});
