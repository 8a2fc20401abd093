import assert from "node:assert/strict";
import { test } from "node:test";

import { createResults } from "../../../optimlib/js/lab/results.js";
import { runFactsOf } from "../../../optimlib/js/lab/run_facts.js";
import { cardSceneOf, hostOf, sceneAt, sceneOf, valleySceneOf } from "../../../optimlib/js/lab/scene.js";
import { newSession, settled } from "../../../optimlib/js/lab/session.js";
import { readLab } from "../../../optimlib/js/lab/state.js";
import { modelOf } from "./saved_lab.mjs";

const ADDED = [
  { kind: "momentum", lr: 0.1, beta: 0.9 },
  { kind: "rmsprop", lr: 0.4, rho: 0.9, eps: 1e-6 },
];
const CONTOURS = {
  x: [-1, 1],
  y: [-1, 1],
  lines: [
    [
      [0, 0],
      [1, 1],
    ],
  ],
};
const REPLAYS = {
  mine: {
    points: [
      [-5, -2],
      [-4, 1],
    ],
    losses: [10.5, 3],
  },
};
const MINE = [{ key: "mine", kind: "replay", label: "mine" }];

/** The scene of a saved lab with changes to its traits, to its session, and to what the page gives. */
function sceneWith({ traits = {}, session = {}, page = {}, results = createResults() } = {}) {
  const lab = readLab(modelOf(traits));
  const host = { ...hostOf(lab, { number: 1, kernel: false, hasPython: true }), ...page.host };
  return sceneOf({ lab, ...page, host, session: settled({ ...newSession(lab), ...session }, lab, host.hasOwn) }, results);
}

/** What was there before the call is there after it, to the last value. */
function frozen(value) {
  if (value !== null && typeof value === "object" && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

test("a scene is made of plain data, changes none of it, and is the same when it is asked for twice", () => {
  const lab = frozen(readLab(modelOf({ added: ADDED, show: ["arrows", "plots"] })));
  const host = frozen(hostOf(lab, { number: 2, kernel: true, hasPython: false }));
  const session = frozen(settled(newSession(lab), lab, host.hasOwn));
  const results = createResults();
  const [one, two] = [sceneOf({ lab, session, host }, results), sceneOf({ lab, session, host }, results)];
  const plain = (scene) => JSON.stringify({ ...scene, surface: null });
  assert.equal(plain(one), plain(two));
  assert.equal(plain(one), plain(sceneOf({ lab, session, host })), "what was worked out before alters nothing");
  one.lines.forEach(({ run }, i) => assert.equal(run, two.lines[i].run, "a run is computed once"));
  assert.ok(one.surface === two.surface && one.frame === two.frame);
});

test("a run is computed again when its rule or the world changes, and only that of the rule", () => {
  const results = createResults();
  const runsOf = (traits) => sceneWith({ traits: { added: ADDED, ...traits }, results }).lines.map(({ run }) => run);
  const before = runsOf({});
  const after = runsOf({ momentum_lr: 0.1 });
  assert.deepEqual(
    after.map((run, i) => run === before[i]),
    [false, true, true, true],
  );
  assert.ok(
    runsOf({ steps: 21 })
      .slice(0, 3)
      .every((run, i) => run !== after[i]),
  );
});

test("the step that is shown: none while it is guessed, else that under the pointer, else the lab's", () => {
  assert.equal(sceneWith({ traits: { step: 7 } }).step, 7);
  assert.equal(sceneWith({ traits: { step: 7 }, session: { peek: 3 } }).step, 3);
  assert.equal(sceneWith({ traits: { step: 7 }, session: { peek: 300 } }).step, 20);
  assert.equal(sceneWith({ traits: { step: 7, playing: true }, session: { peek: 3 } }).step, 7, "it plays");
  assert.equal(sceneWith({ traits: { step: 7, predict: "place" } }).step, 0);
});

test("the balls are on their way only while it plays", () => {
  const partOf = (traits) => sceneWith({ traits, page: { part: 0.4 } }).part;
  assert.deepEqual([partOf({ playing: true }), partOf({})], [0.4, 0]);
});

test("a scene that is moved on to a step is that of the lab at this step, and the one before stays as it was", () => {
  const played = { playing: true, added: ADDED, show: ["arrows", "plots"] };
  for (const traits of [played, { ...played, noise: [1, 4, 7] }, { ...played, rules: MINE, replays: REPLAYS }, { added: ADDED }]) {
    const results = createResults();
    const first = frozen(sceneWith({ traits: { ...traits, step: 0 }, results }));
    for (const step of [0, 1, 7, 20]) {
      const read = sceneWith({ traits: { ...traits, step }, page: { part: 0.25 }, results });
      assert.deepEqual(sceneAt(first, step, 0.25), read);
      assert.equal(read.lab.step, step);
    }
  }
});

test("every second run of a kind is hollow, and each line has a dash of its own", () => {
  const { lines } = sceneWith({ traits: { added: [...ADDED, ADDED[0]] } });
  assert.deepEqual(
    lines.slice(0, 4).map(({ hollow }) => hollow),
    [false, true, false, false],
  );
  assert.equal(new Set(lines.map(({ dash }) => dash)).size, lines.length);
  assert.deepEqual(lines.map(({ look, marker }) => [look, marker]).at(-1), ["ol-own", "plus"]);
});

test("a rule is shown that is switched on and has a path", () => {
  const labels = (traits) => sceneWith({ traits }).shown.map(({ rule }) => rule.label);
  assert.deepEqual(labels({ added: ADDED }), ["momentum", "momentum 2", "RMSProp"], "the reader's own has none yet");
  assert.deepEqual(labels({ momentum_on: false }), []);
  assert.deepEqual(labels({ rules: MINE, replays: REPLAYS }), ["mine"]);
  assert.deepEqual(labels({ rules: MINE, replays: {} }), []);
});

test("while it is guessed nothing tells where the paths go", () => {
  const show = ["arrows", "plots", "measures", "map"];
  const asked = sceneWith({ traits: { show, predict: "place", added: ADDED }, session: { peek: 5 } });
  assert.deepEqual(asked.open, ["map", "predict"], "the question's panel is open without a click");
  assert.equal(asked.said, null);
  const valley = valleySceneOf(asked);
  assert.ok(valley.asking && !valley.arrows && valley.runs.every(({ points }) => points.length <= 1));
  assert.deepEqual(cardSceneOf(asked.lines[0], asked).texts, ["x₁ −5", "x₂ −2", "loss 10.5"]);
  const told = sceneWith({ traits: { show, predict: "place" }, session: { guessing: { asked: "place", round: 1, question: "", guess: [1, 2], done: true } } });
  assert.deepEqual([told.asking, told.open], [false, [...show, "predict"]]);
});

test("a card says where its rule is and what is wrong", () => {
  const scene = sceneWith({ traits: { added: [{ kind: "gradient_descent", lr: 5 }], step: 15 } });
  const descent = cardSceneOf(scene.lines[1], scene);
  assert.match(descent.problem, /^⚠ diverged at step 2/);
  assert.deepEqual(descent.texts, ["x₁ 0", "x₂ > 10,000", "loss > 10,000"], "that it has diverged says more than a number");
  const early = sceneWith({ traits: { added: [{ kind: "gradient_descent", lr: 0.6 }], step: 10, show: [] } });
  assert.deepEqual(cardSceneOf(early.lines[1], early).problem, "");
  const broken = sceneWith({ traits: { own_rule: "x", own_rule_reply: { problem: "NameError" }, predict: "place" } });
  assert.match(cardSceneOf(broken.lines.at(-1), broken).problem, /does not run/);
});

test("what is said to those who do not see it: once it stands, and where it ends", () => {
  assert.equal(sceneWith().said, "After 20 steps momentum is at 0.00719, 0.00255; loss 1.82·10⁻⁵.");
  assert.equal(sceneWith({ traits: { playing: true, step: 2 } }).said, "");
  assert.equal(sceneWith({ session: { peek: 4 } }).said, null);
  assert.match(sceneWith({ traits: { momentum_lr: 5 } }).said, /diverged at step \d+\.$/);
});

test("notes come from the traits, the link, what could not be loaded, and the paths of Python", () => {
  const { note } = sceneWith({ traits: { steps: -1, rules: MINE, replays: REPLAYS }, session: { notes: ["The link."] }, page: { problem: "No parts." } });
  assert.match(note, /^steps was not usable.* The link\. No parts\. A path that Python computed is replayed/);
  assert.equal(sceneWith().note, "");
  assert.equal(sceneWith({ traits: { rules: MINE, replays: REPLAYS }, page: { host: { kernel: true } } }).note, "");
});

test("what a lab offers, and what of it needs more code", () => {
  const offered = (traits, given) => hostOf(readLab(modelOf(traits)), { number: 1, kernel: false, hasPython: false, ...given });
  assert.deepEqual(offered({ contours: CONTOURS }).offered, ["arrows", "plots", "predict", "share"]);
  assert.deepEqual(
    [
      offered({}).hasOwn,
      offered({}, { kernel: true }).hasOwn,
      offered({}, { hasPython: true }).hasOwn,
      offered({ contours: CONTOURS }, { kernel: true }).hasOwn,
    ],
    [false, true, true, false],
  );
  assert.deepEqual(
    [offered({ rules: MINE, replays: REPLAYS }).canMove, offered({ rules: MINE, replays: REPLAYS }, { kernel: true }).canMove, offered({}).canMove],
    [false, true, true],
  );
  const needs = (traits) => sceneWith({ traits }).needsParts;
  const asked = [{}, { show: ["plots"] }, { show: ["arrows"] }, { show: [], own_rule: "def update" }, { show: [], predict: "first" }];
  assert.deepEqual(
    asked.map((traits) => needs({ show: [], ...traits })),
    [false, true, true, true, true],
  );
  assert.deepEqual(sceneWith({ traits: { contours: CONTOURS, show: ["map", "plots"] } }).open, ["plots"]);
});

test("a surface that only Python knows has its own frame and lines", () => {
  const valley = valleySceneOf(sceneWith({ traits: { contours: CONTOURS, rules: MINE, replays: REPLAYS } }));
  assert.deepEqual([valley.surface, valley.frame, valley.contours], [null, { x: [-1, 1], y: [-1, 1] }, CONTOURS.lines]);
});

test("facts for plots: across the steepest direction of the valley that there is now, and the rate of each step of a rule with a brake", () => {
  const scene = sceneWith({ traits: { added: [ADDED[1]], angle: 30 } });
  const [momentum, rmsprop] = scene.lines.map((line) => runFactsOf(line, scene.surface));
  assert.deepEqual(momentum.across[3], scene.surface.axes(scene.lines[0].run.points[3])[1]);
  assert.deepEqual(momentum.rates, [], "it would be the learning rate at every step");
  const { run } = scene.lines[1];
  assert.deepEqual(
    rmsprop.rates.map((line) => line[4]),
    run.state.brake.map((line) => 0.4 * (1 / Math.sqrt(line[5] + 1e-6))),
  );
  const results = createResults();
  const replayed = (curvatures) => {
    const { lines, surface } = sceneWith({ traits: { rules: MINE, replays: REPLAYS, curvatures }, results });
    return runFactsOf(lines[0], surface).across;
  };
  assert.deepEqual(
    [replayed([0.2, 4]), replayed([4, 0.2])],
    [
      [-2, 1],
      [-5, -4],
    ],
    "a replayed path is the same one in another valley",
  );
});
