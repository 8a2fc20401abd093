import assert from "node:assert/strict";
import { test } from "node:test";

import { numberText, powerOf, tenTo } from "../../../optimlib/js/ui/dom.js";
import { inlinePieces } from "../../../optimlib/js/ui/inline.js";
import { readLab } from "../../../optimlib/js/lab/state.js";
import { withSlider } from "../../../optimlib/js/lab/rule_card.js";
import { readout } from "../../../optimlib/js/lab/words.js";
import { linearScale, rateScale } from "../../../optimlib/js/ui/sliders.js";
import { limitsOf } from "../../../optimlib/js/lab/side_plots.js";
import { quadratic } from "../../../optimlib/js/core/surface.js";
import { fitted, frameAround, tenth, tenthText, ticks, trace } from "../../../optimlib/js/valley/frame.js";
import { modelOf } from "./saved_lab.mjs";

test("a saved lab is read as it is", () => {
  const lab = readLab(modelOf());
  assert.deepEqual(lab.notes, []);
  assert.deepEqual(lab.rules[0].settings, { lr: 0.6, beta: 0.5 });
  assert.equal(lab.rules[0].replay, null);
});

test("what is not usable is replaced, and said", () => {
  for (const [name, value] of Object.entries({ steps: -1, start: ["a", 2], angle: 0.5, momentum_lr: NaN, momentum_beta: 1, curvatures: [0, 1], step: "x" })) {
    const { notes } = readLab(modelOf({ [name]: value }));
    assert.equal(notes.length, 1, name);
    assert.match(notes[0], new RegExp(`^${name} was not usable`));
  }
  assert.equal(readLab(modelOf({ step: 50 })).step, 20);
  assert.throws(() => readLab(modelOf({ rules: "none" })), /list of rules/);
});

test("a path from Python is replayed, null for what is not finite", () => {
  const rules = [{ key: "mine", kind: "replay", label: "mine" }];
  const replays = {
    mine: {
      points: [
        [-5, -2],
        [null, 3],
      ],
      losses: [10.5, null],
    },
  };
  const { replay } = readLab(modelOf({ rules, replays })).rules[0];
  assert.deepEqual(replay.points, [
    [-5, -2],
    [NaN, 3],
  ]);
  assert.equal(replay.divergedAt, 1);
  assert.deepEqual(readLab(modelOf({ rules, replays: {} })).rules[0].replay.points, []);
  assert.deepEqual(readout(replay, 9), ["x₁ not a number", "x₂ 3", "loss not a number"]);
});

test("each place of a slider is a number of two digits, and the other way round", () => {
  const scale = rateScale(-2, 0);
  for (let place = 0; place <= scale.places; place++) assert.equal(scale.placeOf(scale.at(place)), place);
  assert.deepEqual([0, scale.places].map(scale.at), [0.01, 10]);
  assert.deepEqual(
    [0.4, 0.6, 2].map((value) => scale.at(scale.placeOf(value))),
    [0.4, 0.6, 2],
  );
  const beta = linearScale(0, 0.99, 0.01);
  for (let place = 0; place <= beta.places; place++) assert.equal(beta.placeOf(beta.at(place)), place);
  assert.equal(beta.at(beta.places), 0.99);
});

test("numbers for reading", () => {
  assert.deepEqual([0, -0.9434671, 1673.365, -7.3e-5, 5.6e6, 0.5, -Infinity, NaN].map(numberText), [
    "0",
    "−0.9435",
    "1673",
    "−7.3·10⁻⁵",
    "5.6·10⁶",
    "0.5",
    "−∞",
    "not a number",
  ]);
});

test("the power of ten of a number, and ten to a power", () => {
  for (let power = -323; power <= 308; power++) assert.deepEqual([powerOf(tenTo(power)), String(tenTo(power))], [power, String(Number(`1e${power}`))]);
  assert.deepEqual([9.999999999999998, 0.1, 0.30000000000000004, 1000, 999.9999999999999].map(powerOf), [0, -1, -1, 3, 2]);
});

test("marked-up text", () => {
  assert.deepEqual(inlinePieces("a `x*y` *b c* 2*3 <i>"), [
    ["text", "a "],
    ["code", "x*y"],
    ["text", " "],
    ["em", "b c"],
    ["text", " 2*3 <i>"],
  ]);
});

test("the frame holds the start and the floor, turned or not", () => {
  assert.deepEqual(frameAround(quadratic([0.2, 4]), [-5, -2]), { x: [-6, 2], y: [-3, 3] });
  for (const angle of [0, 30, 45, 90, 200]) {
    for (const start of [
      [-5, -2],
      [3, 0],
      [0, 0],
      [0, 1e-3],
    ]) {
      const frame = frameAround(quadratic([0.2, 4], angle), start);
      for (const [i, limits] of [frame.x, frame.y].entries()) {
        for (const value of [start[i], 0]) assert.ok(limits[0] < value && value < limits[1], `${angle} ${start}`);
      }
    }
  }
  const { x, y } = fitted({ x: [-1, 1], y: [-1, 1] }, { width: 300, height: 100 });
  assert.deepEqual(
    [x, y],
    [
      [-3, 3],
      [-1, 1],
    ],
  );
});

test("ticks are round numbers inside", () => {
  assert.deepEqual(ticks(-6, 2, 8), [-6, -5, -4, -3, -2, -1, 0, 1, 2]);
  assert.deepEqual(ticks(-0.31, 0.31, 4), [-0.2, 0, 0.2]);
});

test("a place in a path is a tenth of a pixel, as a number has it", () => {
  for (let i = -4000; i < 4000; i++) assert.equal(tenthText(0.037 * i), String(tenth(0.037 * i)), String(i));
  assert.deepEqual([-0.02, -0.3, 99999.96, -1e5].map(tenthText), ["0", "-0.3", "100000", "-100000"]);
});

test("a trace ends where it leaves for good, on the line that it takes", () => {
  const same = (value) => value;
  assert.deepEqual(
    trace(
      [
        [0, 0],
        [10, NaN],
        [1, 1],
      ],
      same,
      same,
    ),
    [[0, 0]],
  );
  assert.deepEqual(
    trace(
      [
        [0, 0],
        [3e9, -6e9],
        [1, 1],
      ],
      same,
      same,
    ),
    [
      [0, 0],
      [5e4, -1e5],
    ],
  );
  const [[x1, y1], [x2, y2]] = trace(
    [
      [100, 300],
      [100, -1e9],
    ],
    same,
    same,
  );
  assert.deepEqual([x1, y1, x2], [100, 300, 100]);
  assert.ok(y2 < -9e4 && y2 > -1.1e5, "straight up, from where it was");
});

test("rules that were added take the first label that is free, up to six", () => {
  const added = [
    { kind: "momentum", lr: 0.1, beta: 0.9, on: false },
    { kind: "adagrad", lr: 2 },
    { kind: "lion" },
    null,
    ..."four".split("").map(() => ({ kind: "gradient_descent", lr: 0.1 })),
  ];
  const { rules, notes } = readLab(modelOf({ added }));
  assert.deepEqual(
    rules.map(({ label }) => label),
    ["momentum", "momentum 2", "AdaGrad", "gradient descent", "gradient descent 2", "gradient descent 3"],
  );
  assert.deepEqual([rules[1].on, rules[1].settings, rules[2].settings], [false, { lr: 0.1, beta: 0.9 }, { lr: 2, eps: 0.000001 }]);
  assert.equal(notes.filter((note) => /added rule/.test(note)).length, 3);
  assert.match(notes.join(" "), /eps of AdaGrad was not usable/);
});

test("an added rule keeps its label and its place among those that are usable", () => {
  const added = [null, { kind: "momentum", label: "momentum 3", lr: 0.1, beta: 0.9 }, { kind: "momentum", lr: 0.2, beta: 0.9 }];
  const { rules } = readLab(modelOf({ added }));
  assert.deepEqual(
    rules.slice(1).map(({ label, place }) => [label, place]),
    [
      ["momentum 3", 0],
      ["momentum 2", 1],
    ],
  );
});

test("an added rule is another one when its kind is another, though its label stays", () => {
  const keyOf = (kind) => readLab(modelOf({ added: [{ kind, label: "mine", lr: 0.1 }] })).rules[1].key;
  assert.equal(keyOf("adagrad"), keyOf("adagrad"));
  assert.notEqual(keyOf("adagrad"), keyOf("gradient_descent"));
});

test("a setting of the reader's own rule may have any name and value", () => {
  const rules = [{ key: "mine", kind: "replay", label: "mine", settings: ["step", "beta"] }];
  const {
    notes,
    rules: [rule],
  } = readLab(modelOf({ rules, mine_step: 0.3, mine_beta: 1.5, replays: { mine: { points: [[0, 0]], losses: [0] } } }));
  assert.deepEqual([notes, rule.settings], [[], { step: 0.3, beta: 1.5 }]);
});

test("a setting gets a slider where the scale of its name holds its value", () => {
  assert.deepEqual(
    withSlider({ lr: 0.4, beta: 0.5, eps: 1e-6, most: 1 }).map(([name]) => name),
    ["lr", "beta"],
  );
  for (const settings of [{ lr: 0 }, { lr: -1 }, { beta: 1.5 }, { rho: -0.5 }]) assert.deepEqual(withSlider(settings), [], JSON.stringify(settings));
});

test("a scale of the plots has its floor in the middle, and is never without height", () => {
  assert.deepEqual(limitsOf([[0, 0, 0]], false), [-1, 1]);
  assert.deepEqual(limitsOf([[-2, 1]], false), [-2, 2]);
  assert.deepEqual(limitsOf([[NaN, Infinity]], true), [-1, 1]);
  assert.deepEqual(limitsOf([[NaN], [6, 7]], true), [6, 7], "a line of no number has no say");
  assert.deepEqual(limitsOf([[2, -3, -Infinity]], true), [-3, 2]);
  assert.deepEqual(limitsOf([[0, 300, -90]], true), [-23, 3], "what diverges and what is all but gone do not hide the rest");
});

test("what makes no rule is left out, and said", () => {
  const rules = [null, 3, { key: 4 }, { key: "momentum", kind: "momentum", label: "x".repeat(999), settings: "none" }, { key: "momentum", kind: "momentum" }];
  const lab = readLab(modelOf({ rules }));
  assert.equal(lab.rules.length, 1);
  assert.equal(lab.rules[0].label.length, 80);
  assert.deepEqual(lab.rules[0].settings, { lr: 0.6, beta: 0.5 });
  assert.equal(lab.notes.length, 4);
});
