import assert from "node:assert/strict";
import { test } from "node:test";

import { descend } from "../../../optimlib/js/core/descend.js";
import { levelLines, levelsOf } from "../../../optimlib/js/core/level_lines.js";
import "../../../optimlib/js/core/other_ground.js";
import { RULES } from "../../../optimlib/js/core/rules.js";
import { GROUNDS, surfaceOf } from "../../../optimlib/js/core/surface.js";
import { presetValues } from "../../../optimlib/js/lab/findings.js";
import { linkOf, readLink } from "../../../optimlib/js/lab/link.js";
import { measured, verdictAt } from "../../../optimlib/js/lab/measure_table.js";
import { isAnswered } from "../../../optimlib/js/lab/own_rule_runner.js";
import { hostOf, sceneAt, sceneOf } from "../../../optimlib/js/lab/scene.js";
import { endWords } from "../../../optimlib/js/lab/seeds.js";
import { newSession, settled } from "../../../optimlib/js/lab/session.js";
import { readLab, worldWords } from "../../../optimlib/js/lab/state.js";
import { groundChange } from "../../../optimlib/js/lab/valley_card.js";
import { modelOf } from "./saved_lab.mjs";

const groundOf = (kind, changes = {}) => ({ kind, ...GROUNDS[kind].settings, ...changes });
const SADDLE = groundOf("saddle");
const sceneWith = (traits) => {
  const lab = readLab(modelOf(traits));
  const host = hostOf(lab, { number: 1, kernel: false, hasPython: true });
  return sceneOf({ lab, host, session: settled(newSession(lab), lab, host.hasOwn) });
};

// --- lines of one height

const grid = (side, height) => Array.from({ length: side }, (_, row) => Array.from({ length: side }, (_, column) => height(column, row)));

test("the line about a hill is closed and round, and one that leaves the grid is not", () => {
  const [circle, ...none] = levelLines(
    grid(41, (x, y) => Math.hypot(x - 20, y - 20)),
    10,
  );
  assert.deepEqual([none, circle[0]], [[], circle.at(-1)]);
  assert.ok(circle.length > 60 && circle.every(([x, y]) => Math.abs(Math.hypot(x - 20, y - 20) - 10) < 0.05));
  const [slope] = levelLines(
    grid(5, (x) => x),
    1.5,
  );
  assert.deepEqual(
    slope.toSorted((a, b) => a[1] - b[1]),
    [0, 1, 2, 3, 4].map((y) => [1.5, y]),
  );
});

test("the lines beside a saddle keep to their sides", () => {
  const height = (x, y) => (x - 10.5) * (y - 10.5);
  for (const level of [-2, 2]) {
    const lines = levelLines(grid(22, height), level);
    assert.equal(lines.length, 2, String(level));
    for (const line of lines) assert.equal(new Set(line.map(([x]) => x > 10.5)).size, 1);
  }
  // In the square about the saddle itself all four edges are crossed.
  const crossed = levelLines(
    [
      [1, -1],
      [-1, 1.5],
    ],
    0,
  );
  assert.deepEqual(
    crossed.map((line) => line.length),
    [2, 2],
  );
});

test("where there is no height there is no line; levels are those of the grid, from low to high", () => {
  const holed = grid(9, (x, y) => (x === 4 ? NaN : y));
  const lines = levelLines(holed, 3.5);
  assert.deepEqual(lines.map((line) => line.length).sort(), [4, 4]);
  const levels = levelsOf(holed, 5);
  assert.ok(levels.every((level, i) => Number.isFinite(level) && (i === 0 || level >= levels[i - 1])));
});

test("each ground has lines that are level, also where its height spans orders of magnitude, and a frame that holds it", () => {
  for (const [kind, { start }] of Object.entries(GROUNDS)) {
    const surface = surfaceOf({ ground: groundOf(kind) });
    const frame = surface.frame(start);
    for (const [i, [low, high]] of [frame.x, frame.y].entries()) {
      for (const point of [start, ...surface.minima]) assert.ok(point[i] > low && point[i] < high, kind);
    }
    const lines = surface.lines(frame);
    assert.ok(lines.length >= 12, kind);
    const bends = lines.map((line) => line.map(surface.loss)).map((losses) => (Math.max(...losses) - Math.min(...losses)) / Math.max(...losses));
    assert.ok(bends.filter((bend) => bend < 0.2).length >= 0.9 * lines.length, `${kind}: ${bends}`);
    const far = surface.frame([90, -70]);
    assert.ok(far.x[1] > 90 && far.y[0] < -70);
  }
});

test("the line of a saddle and that of a ridge go through it", () => {
  for (const kind of ["saddle", "two_valleys"]) {
    const surface = surfaceOf({ ground: groundOf(kind) });
    const through = surface.lines(surface.frame([0, 0])).filter((line) => line.some(([x, y]) => Math.hypot(x, y) < 0.1));
    assert.ok(through.length > 0, kind);
  }
});

// --- the trait

test("a lab's ground is read as it is, and one that is not usable is replaced, and named", () => {
  assert.deepEqual(readLab(modelOf()).ground, {});
  assert.deepEqual(readLab(modelOf({ ground: undefined })).ground, {}, "of an older notebook");
  for (const kind of Object.keys(GROUNDS)) {
    const { ground, notes } = readLab(modelOf({ ground: groundOf(kind) }));
    assert.deepEqual([ground, notes], [groundOf(kind), []]);
  }
  const bad = [
    7,
    null,
    [],
    { kind: "toString" },
    { kind: "saddle" },
    { ...SADDLE, drop: -1 },
    { ...SADDLE, drop: "1" },
    { ...SADDLE, foo: 1 },
    groundOf("rosenbrock", { steep: 1e9 }),
    groundOf("two_valleys", { narrow: 1 }),
    groundOf("plateau", { curvatures: [1] }),
  ];
  for (const ground of bad) {
    const lab = readLab(modelOf({ ground }));
    assert.deepEqual(lab.ground, {}, JSON.stringify(ground));
    assert.match(lab.notes.join(), /^ground was not usable/, JSON.stringify(ground));
  }
});

test("a link holds the ground, and a link without one leads back to the valley", () => {
  for (const kind of Object.keys(GROUNDS)) {
    const sent = readLab(modelOf({ ground: groundOf(kind), start: GROUNDS[kind].start }));
    const { values, notes } = readLink(linkOf(sent, 1), readLab(modelOf()), 1);
    assert.deepEqual([values.ground, values.start, notes], [groundOf(kind), GROUNDS[kind].start, []]);
  }
  const onSaddle = readLab(modelOf({ ground: SADDLE }));
  assert.deepEqual(readLink("#lab=1&v=1&steps=9", onSaddle, 1).values.ground, {});
  const bad = [{ kind: "saddle" }, { ...SADDLE, drop: 0 }, { kind: "hill" }, { kind: "constructor" }, groundOf("plateau", { curvatures: [1] }), [], 3];
  for (const text of ["", "saddle,1,1", ...bad.map((ground) => JSON.stringify(ground))]) {
    const { values, notes } = readLink(`#lab=1&v=1&ground=${encodeURIComponent(text)}`, onSaddle, 1);
    assert.equal(values.ground, undefined, text);
    assert.match(notes.join(), /^ground in the link was not usable/, text);
  }
  assert.ok(!linkOf(readLab(modelOf()), 1).includes("ground"), "links of the valley are as they were");
});

test("a finding brings its ground and a start, and one of the valley leads back to it", () => {
  const preset = { rules: [{ kind: "momentum", lr: 0.1, beta: 0.9 }], steps: 40, ground: { ...SADDLE, curvature: 4 }, start: [-2, 0.001] };
  const there = presetValues(preset, readLab(modelOf()));
  assert.deepEqual([there.ground, there.start], [{ ...SADDLE, curvature: 4 }, [-2, 0.001]]);
  const { start: _, ground: __, ...valley } = preset;
  assert.deepEqual([presetValues(valley, readLab(modelOf(there))).ground, presetValues(valley, readLab(modelOf(there))).start], [{}, [-5, -2]]);
});

test("who chooses another ground gets its start, and a frame for it", () => {
  const lab = readLab(modelOf({ ground: SADDLE, start: [-2, 1], angle: 90 }));
  assert.deepEqual(groundChange(lab, "plateau"), { ground: groundOf("plateau"), start: GROUNDS.plateau.start, step: 20, playing: false });
  assert.deepEqual([groundChange(lab, "").ground, groundChange(lab, "").start], [{}, [2, -5]]);
  const before = newSession(readLab(modelOf()));
  assert.deepEqual(settled(before, lab, false).home, [-2, 1], "the start of the valley would be far out on the saddle");
  assert.deepEqual(settled(before, readLab(modelOf({ start: [-4, -2] })), false).home, [-5, -2], "inside the frame it stays");
});

// --- what the lab says

test("a lab on a ground has all parts, and says which ground it is", () => {
  const scene = sceneWith({ ground: SADDLE });
  assert.ok(["measures", "map", "own", "valley", "findings", "seeds"].every((part) => scene.host.offered.includes(part)));
  assert.deepEqual([scene.host.hasGrounds, sceneWith({}).host.hasGrounds], [true, false]);
  assert.match(scene.caption, /step 20 of 20; saddle\.$/);
  assert.match(worldWords(readLab(modelOf())), /condition number 20, angle 0°$/);
});

test("a start where the gradient is 0 is told, and what rests there, but not under noise", () => {
  const note = (traits) => sceneWith({ ground: SADDLE, ...traits }).note;
  assert.equal(note({ start: [0, 0] }), "The start is on the saddle, where the gradient is 0: without noise no rule moves.");
  assert.equal(note({ start: [0, 0], noise: [1, 1, 0] }), "");
  assert.equal(note({ start: [0, 1e-9] }), "");
  assert.match(note({ start: [0, 1] }), /^The start is on a floor,/);
  assert.match(note({ start: [0, 0], ground: groundOf("two_valleys") }), /^The start is on the ridge between the two valleys,/);
  assert.match(note({ start: [1, 1], ground: groundOf("rosenbrock") }), /^The start is on the floor,/);
  // At a rate of 1 momentum without memory goes to the saddle in one step, and there it stays.
  const stuck = { start: [-2, 0], momentum_lr: 1, momentum_beta: 0 };
  assert.equal(note(stuck), "momentum rests on the saddle: the gradient is 0 there, and without noise nothing moves it.");
  assert.equal(note({ ...stuck, step: 0 }), "");
  const moved = sceneAt(sceneWith({ ground: SADDLE, ...stuck, step: 0, playing: true }), 1, 0);
  assert.equal(moved.note, note(stuck), "also of one that plays");
  assert.equal(sceneWith({ start: [0, 0] }).note, "");
});

test("measures tell the nearest minimum", () => {
  const ground = groundOf("two_valleys");
  const surface = surfaceOf({ ground });
  assert.deepEqual(surface.nearest([-2, 0]), { minimum: [-1, 0], away: 1 });
  const words = (kind, settings, steps) => {
    const start = [-2, 1.5];
    const run = descend(surface, RULES[kind], settings, start, steps);
    return verdictAt(measured(run, []), surface.nearest(run.points.at(-1)), surface.nearest(start).away);
  };
  assert.equal(words("gradient_descent", { lr: 0.1 }, 200), "in the minimum at (−1, 0)");
  assert.equal(words("momentum", { lr: 0.05, beta: 0.9 }, 300), "got there");
  assert.equal(words("gradient_descent", { lr: 0.1 }, 3), "on its way");
  assert.match(words("gradient_descent", { lr: 3 }, 30), /^diverged at step/);
});

test("twelve seeds are told by the minimum that each ends nearest to", () => {
  const surface = surfaceOf({ ground: SADDLE });
  const runs = [
    [0.5, 1],
    [0.5, 1],
    [-0.5, -1.5],
    [0, NaN],
  ].map((places) => places.map((x2) => [0, x2]));
  assert.equal(endWords("momentum", runs, surface), "momentum: 2 nearest to (0, 1), 0 away; 1 nearest to (0, −1), 0.5 away; 1 lost.");
});

test("the path of a reader's own rule is for one ground", () => {
  const job = readLab(modelOf({ own_rule: "a", ground: SADDLE })).own.job;
  assert.ok(isAnswered(job, { job: structuredClone(job) }));
  assert.ok(!isAnswered({ ...job, ground: {} }, { job }));
  const { ground: _, ...older } = job;
  assert.ok(!isAnswered(job, { job: older }));
  assert.ok(isAnswered({ ...job, ground: {} }, { job: older }), "of an older notebook");
});
