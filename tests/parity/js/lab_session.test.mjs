import assert from "node:assert/strict";
import { test } from "node:test";

import { partChange } from "../../../optimlib/js/lab/changes.js";
import { createController } from "../../../optimlib/js/lab/controller.js";
import { createPartActions } from "../../../optimlib/js/lab/part_actions.js";
import { dashesFor, isAsking, newSession, settled } from "../../../optimlib/js/lab/session.js";
import { readLab } from "../../../optimlib/js/lab/state.js";
import { modelOf, SAVED } from "./saved_lab.mjs";

/** A lab without a page: its model, what was saved of it, its controller and the actions of its parts. other: a lab of which it is another view. */
function labOf(changes = {}, { isCalm = false, other = null } = {}) {
  const state = other?.state ?? { ...SAVED, ...changes };
  const told = { saves: 0, changes: 0, reveals: 0 };
  const model = other?.model ?? { get: (name) => state[name], set: (name, value) => (state[name] = value), save_changes: () => told.saves++ };
  const controller = createController({ model, hasOwn: true, changed: () => told.changes++ });
  const host = { number: 1, offered: ["findings"], kernel: false, hasOwn: true, canMove: true };
  const parts = createPartActions({
    host,
    model,
    controller,
    refresh() {},
    toggle() {},
    view: {},
    isCalm: () => isCalm,
    sight: { showTop: () => told.reveals++, showQuestion() {}, bring() {} },
  });
  const settle = () => {
    controller.settle(controller.read());
    return controller.session();
  };
  return { state, model, told, controller, parts, actions: controller.actions, settle };
}

test("reading a lab, or its session, changes neither", () => {
  const { state, told, controller } = labOf({ predict: "place", playing: true });
  const before = [JSON.stringify(state), controller.session()];
  controller.read();
  settled(controller.session(), controller.read(), true);
  isAsking(controller.read(), controller.session().guessing);
  assert.deepEqual([JSON.stringify(state), controller.session(), told], [...before, { saves: 0, changes: 0, reveals: 0 }]);
});

test("a step is inside the run, and stops the animation", () => {
  const { state, actions } = labOf({ playing: true, step: 4 });
  actions.goTo(300);
  assert.deepEqual([state.step, state.playing], [20, false]);
  actions.goBy(-3);
  assert.equal(state.step, 17);
  actions.goTo(-1);
  assert.equal(state.step, 0);
  actions.play();
  assert.equal(state.playing, true);
});

test("while it is guessed nothing plays and no step is shown", () => {
  const { state, actions, parts } = labOf({ predict: "first", step: 4 });
  for (const act of [actions.play, () => actions.goTo(9), () => actions.goBy(1)]) act();
  assert.deepEqual([state.step, state.playing], [4, false]);
  parts.answer(false);
  actions.goTo(9);
  assert.equal(state.step, 9);
});

test("a question ends with its kind, and a guess with the rules that it was for", () => {
  const { state, actions, parts, controller, settle } = labOf();
  parts.ask("first");
  settle();
  assert.deepEqual([state.predict, state.step, isAsking(controller.read(), settle().guessing)], ["first", 0, true]);
  actions.guess("momentum");
  assert.equal(settle().guessing.guess, "momentum");
  parts.addRule("adagrad");
  assert.equal(settle().guessing.guess, null, "there is another to choose from");
  actions.guess("");
  parts.answer(true);
  parts.addRule("adagrad");
  assert.deepEqual([settle().guessing.guess, settle().guessing.done, state.playing, state.step], ["", true, true, 0]);
  const { round } = settle().guessing;
  state.predict = "place"; // from Python
  assert.deepEqual([settle().guessing.done, settle().guessing.guess, settle().guessing.round], [false, null, round + 1]);
});

test("a rule takes what is put to it, added or not", () => {
  const { state, actions, parts, controller } = labOf();
  parts.addRule("momentum");
  const [made, added] = controller.read().rules;
  assert.equal(added.label, "momentum 2");
  actions.put(made, { lr: 0.1 });
  actions.put(added, { on: false, lr: 0.2 });
  actions.toggleRule(0);
  actions.toggleRule(5);
  assert.deepEqual(
    [state.momentum_lr, state.momentum_on, state.added],
    [0.1, false, [{ kind: "momentum", label: "momentum 2", on: false, lr: 0.2, beta: 0.5 }]],
  );
  actions.removeRule(added);
  assert.deepEqual(state.added, []);
});

test("what is picked on the map runs in the lab's own rule, or in one more while there is room", () => {
  const { state, parts, controller } = labOf({ momentum_on: false });
  assert.equal(parts.pick({ kind: "momentum", lr: 1, beta: 0 }, 90), true);
  assert.deepEqual([state.momentum_on, state.momentum_lr, state.momentum_beta, state.steps, state.step, state.added], [true, 1, 0, 90, 90, []]);
  assert.equal(parts.pick({ kind: "rmsprop", lr: 0.1, rho: 0.5 }, 5), true);
  assert.deepEqual([controller.read().rules[1].settings, state.steps], [{ lr: 0.1, rho: 0.5, eps: 1e-6 }, 90]);
  for (let i = 0; i < 4; i++) parts.addRule("momentum");
  const full = labOf({ added: Array(5).fill({ kind: "momentum", lr: 1, beta: 0 }) });
  assert.equal(full.parts.pick({ kind: "rmsprop", lr: 0.1, rho: 0.5 }, 90), false);
  assert.equal(full.state.steps, 20);
});

test("reset brings back how it was made, and leaves what is written and open", () => {
  const { state, actions, parts, settle } = labOf({ own_rule: "mine", own_rule_on: false });
  const before = JSON.stringify(state);
  actions.set({ steps: 90, step: 3, start: [900, 1], curvatures: [1, 1], angle: 9, noise: [1, 2, 3], momentum_lr: 3, playing: true, own_rule_on: true });
  parts.addRule("adagrad");
  parts.ask("place");
  const { round } = settle().guessing;
  actions.guess([1, 2]);
  parts.restore();
  assert.deepEqual(JSON.parse(JSON.stringify(state)), JSON.parse(before));
  assert.deepEqual([settle().home, settle().guessing.guess, settle().guessing.round], [[-5, -2], null, round + 1]);
  actions.toggle("map");
  parts.restore();
  assert.deepEqual(state.show, ["arrows", "map"]);
});

test("the frame stays while the start moves in it, and goes with it beyond", () => {
  const { actions, settle } = labOf();
  actions.set({ start: [1, 1] });
  assert.deepEqual(settle().home, [-5, -2]);
  actions.set({ start: [50, 1] });
  assert.deepEqual(settle().home, [50, 1]);
  actions.set({ start: [40, 1] });
  assert.deepEqual(settle().home, [50, 1]);
  // A wide picture shows more than the frame, and the start may be moved there.
  const wide = { width: 600, height: 300 };
  assert.deepEqual(settled(newSession(readLab(modelOf())), readLab(modelOf({ start: [3.9, 1] })), false, wide).home, [-5, -2]);
  assert.deepEqual(settled(newSession(readLab(modelOf())), readLab(modelOf({ start: [4.1, 1] })), false, wide).home, [4.1, 1]);
});

test("a rule keeps its dash, and a new one takes one that is free", () => {
  const before = dashesFor({}, ["a", "b", "c"]);
  assert.equal(new Set(Object.values(before)).size, 3);
  const after = dashesFor(before, ["c", "d", "a"]);
  assert.deepEqual([after.a, after.c, after.d], [before.a, before.c, before.b]);
});

test("a finding is shown until the reader changes what it is about", () => {
  const { state, told, actions, parts, controller, settle } = labOf();
  assert.equal(parts.openFinding("none-of-that-name"), false);
  assert.equal(parts.openFinding("past-the-edge"), true);
  assert.deepEqual([settle().finding.id, state.step, state.playing, told.reveals], ["past-the-edge", 0, true, 1]);
  actions.goTo(5);
  assert.ok(settle().finding, "another step is none of it");
  assert.equal(controller.session().finding, settle().finding, "asking changes nothing");
  const rate = state.added[0].lr;
  actions.put(controller.read().rules[1], { lr: 0.1 });
  assert.equal(settle().finding, null);
  actions.put(controller.read().rules[1], { lr: rate });
  assert.equal(settle().finding, null, "nor does it come back");
});

test("who wants no motion sees the end at once", () => {
  const { state, parts } = labOf({ step: 3 }, { isCalm: true });
  parts.ask("place");
  parts.answer(true);
  assert.deepEqual([state.step, state.playing], [20, false]);
});

test("a lab that is shown twice follows an address once", () => {
  const lab = labOf();
  const again = labOf({}, { other: lab });
  const revealed = () => [lab.told.reveals, again.told.reveals];
  lab.parts.followAddress("#lab=1&v=1&steps=33");
  lab.actions.set({ steps: 40 });
  again.parts.followAddress("#lab=1&v=1&steps=33"); // it is drawn later, once the reader has come to it
  assert.deepEqual([lab.state.steps, revealed()], [40, [1, 0]], "what the reader has changed stays");
  const [there, back] = [{}, {}];
  for (const view of [lab, again]) view.parts.followAddress("#lab=1&v=1&steps=50", there);
  assert.deepEqual([lab.state.steps, revealed()], [50, [2, 0]], "the page leads to the first");
  for (const view of [lab, again]) view.parts.followAddress("#lab=1&v=1&steps=33", back);
  assert.deepEqual([lab.state.steps, revealed()], [33, [3, 0]], "and back again");
});

test("what an address asks: a lab's settings, a finding, or one that there is not", () => {
  const { state, parts, settle } = labOf();
  parts.followAddress("#lab=1&v=1&steps=33&start=-500,-200&finding=narrow&angle=x");
  assert.deepEqual([state.steps, settle().home, settle().finding.id], [33, [-500, -200], "narrow"]);
  assert.match(settle().notes[0], /^angle in the link/);
  parts.followAddress("#lab=1&v=1&start=-490,-200", {});
  assert.deepEqual([settle().home, settle().finding], [[-490, -200], null], "the frame is for the link's start");
  parts.followAddress("#preset=turned", {});
  assert.equal(settle().finding.id, "turned");
  parts.followAddress("#preset=nothing", {});
  assert.deepEqual(settle().notes, ["The link was not used: there is no such finding."]);
});

test("what is written of a rule is kept, and told to Python once it is run", () => {
  const { state, told, parts } = labOf();
  parts.draft("x = 1");
  assert.deepEqual([state.own_rule_draft, told.saves], ["x = 1", 0]);
  parts.runOwnRule("x = 2");
  parts.runOwnRule("x = 2");
  assert.deepEqual([state.own_rule, state.own_rule_draft, state.own_rule_run, told.saves], ["x = 2", null, 2, 2]);
});

test("a part is opened and closed, and with the guess its question", () => {
  const { state, actions, controller } = labOf({ predict: "first" });
  actions.toggle("predict");
  assert.deepEqual([state.predict, state.show], ["", ["arrows"]]);
  assert.deepEqual(partChange(readLab({ get: (name) => state[name] }), "map"), { show: ["arrows", "map"] });
  assert.equal(newSession(controller.read()).guessing.asked, "");
});
