import assert from "node:assert/strict";
import { test } from "node:test";

import { linkOf, readLink } from "../../../optimlib/js/lab/link.js";
import { readLab } from "../../../optimlib/js/lab/state.js";
import { modelOf, SAVED } from "./saved_lab.mjs";

const ADDED = [
  { kind: "momentum", on: false, lr: 0.1 + 0.2, beta: 0.9 },
  { kind: "rmsprop", on: true, lr: 1e-7, rho: 0, eps: 1e-12 },
];

test("a link holds all settings to the last digit, and gives them back", () => {
  const sent = modelOf({
    angle: -30,
    curvatures: [1 / 3, 4],
    start: [-5.1, 2e-7],
    steps: 60,
    step: 7,
    momentum_on: false,
    momentum_lr: 1 / 7,
    added: ADDED,
    show: ["plots", "map"],
  });
  const fragment = linkOf(readLab(sent), 3);
  const { values, notes } = readLink(fragment, readLab(modelOf()), 3);
  assert.deepEqual(notes, []);
  const received = modelOf(values);
  for (const name of ["notes", "steps", "step", "start", "curvatures", "angle", "rules", "show"]) {
    assert.deepEqual(readLab(received)[name], readLab(sent)[name], name);
  }
});

test("a link from a lab that asks for a guess asks, too; one from a lab that has answered shows what it shows", () => {
  const asking = readLab(modelOf({ predict: "place", step: 0 }));
  const asked = ({ values }) => [values.predict, values.step];
  assert.deepEqual(asked(readLink(linkOf(asking, 1, "", true), asking, 1)), ["place", 0]);
  assert.deepEqual(asked(readLink(linkOf(readLab(modelOf({ predict: "place", step: 20 })), 1), asking, 1)), ["", 20]);
  assert.equal(readLink("#lab=1&v=1&predict=constructor", asking, 1).values.predict, "");
});

test("a setting of the reader's own rule may have any name and value in a link too", () => {
  const rules = [{ key: "mine", kind: "replay", label: "mine", settings: ["step", "beta", "lr", "start"] }];
  const lab = readLab(modelOf({ rules, mine_step: 0.3, mine_beta: 1.5, mine_lr: -1, mine_start: 7, replays: {} }));
  const { values, notes } = readLink(linkOf(lab, 1), lab, 1);
  assert.deepEqual(notes, []);
  assert.deepEqual([values.mine_step, values.mine_beta, values.mine_lr, values.mine_start], [0.3, 1.5, -1, 7]);
  assert.match(readLink("#lab=1&v=1&rule.mine=1,x,1,1,1", lab, 1).notes.join(), /^mine_step in the link was not usable/);
});

test("a link for another lab, or none, is left alone", () => {
  const lab = readLab(modelOf());
  for (const fragment of ["", "#", "#exercises", "#lab=2&v=1", "#preset=turned", "#lab=&v=1"]) assert.equal(readLink(fragment, lab, 1), null, fragment);
});

test("what is not usable in a link is left out, and said", () => {
  const lab = readLab(modelOf());
  const bad = {
    "steps=0": /steps in the link/,
    "steps=1e9": /steps/,
    "steps=": /steps/,
    "start=1": /start/,
    "start=1,NaN": /start/,
    "start=1,2,3": /start/,
    "start=1e99,0": /start/,
    "curvatures=0,1": /curvatures/,
    "curvatures=1e-99,1": /curvatures/,
    "angle=0.5": /angle/,
    "rule.momentum=1,-1,0.5": /momentum_lr/,
    "rule.momentum=1,0.5,1": /momentum_beta/,
    "rule.momentum=1": /momentum_lr/,
    "add=adam,1,0.1": /A rule in the link/,
    "add=__proto__,1": /A rule/,
    "add=momentum,1,0.1": /A rule/,
  };
  for (const [part, said] of Object.entries(bad)) {
    const { values, notes } = readLink(`#lab=1&v=1&${part}`, lab, 1);
    assert.match(notes.join(" "), said, part);
    assert.deepEqual(readLab(modelOf(values)).notes, [], part);
  }
  assert.match(readLink("#lab=1&v=2&steps=5", lab, 1).notes[0], /another version/);
  assert.match(readLink(`#lab=1&v=1&own=${"x".repeat(9000)}`, lab, 1).notes[0], /too long/);
});

test("a lab never takes more than six rules from a link", () => {
  const many = "&add=momentum,1,0.1,0.5".repeat(9);
  const { values, notes } = readLink(`#lab=1&v=1${many}`, readLab(modelOf()), 1);
  assert.equal(values.added.length + SAVED.rules.length, 6);
  assert.equal(notes.length, 9 - values.added.length);
});

test("code that came with a link is not run", () => {
  const { values } = readLink("#lab=1&v=1&own=import%20os", readLab(modelOf()), 1);
  assert.equal(values.own_rule_draft, "import os");
  assert.ok(!("own_rule" in values) && !("own_rule_run" in values));
});
