import assert from "node:assert/strict";
import { test } from "node:test";

import { readLab } from "../../../optimlib/js/lab/state.js";
import { linkOf } from "../../../optimlib/js/lab/link.js";
import { labOf, savedState, stateOfFinding } from "../../../tools/site/lab_state.js";
import { actOf, addressOf, after, before, placeIn } from "../../../tools/site/lecture_steps.js";
import { modelOf } from "./saved_lab.mjs";

/** A lab as it is read from traits. */
const read = (state) => readLab({ get: (name) => state[name], set() {}, save_changes() {} });

const COUNTS = [1, 2, 3];
const PLACES = [
  [0, 0],
  [1, 0],
  [1, 1],
  [2, 0],
  [2, 1],
  [2, 2],
].map(([scene, moment]) => ({ scene, moment }));

test("next and back go through all moments, and stay at the ends", () => {
  PLACES.forEach((place, i) => {
    assert.deepEqual(after(place, COUNTS), PLACES[Math.min(i + 1, PLACES.length - 1)]);
    assert.deepEqual(before(place, COUNTS), PLACES[Math.max(i - 1, 0)]);
  });
});

test("each moment has an address, and no other address leads anywhere", () => {
  for (const place of PLACES) assert.deepEqual(placeIn(addressOf(place), COUNTS), place);
  assert.equal(addressOf(PLACES[1]), "#scene=2");
  for (const wrong of ["", "#scene=0", "#scene=4", "#scene=1.2", "#scene=2.0", "#scene=2.3", "#scene=x", "#preset=narrow"])
    assert.equal(placeIn(wrong, COUNTS), null, wrong);
});

test("a remote works wherever the focus is, but in a text; the other keys only where nothing needs them", () => {
  for (const focus of /** @type {const} */ (["page", "control", "slider"])) {
    assert.equal(actOf({ key: "PageDown" }, focus), "next");
    assert.equal(actOf({ key: "PageUp" }, focus), "back");
  }
  for (const key of ["PageDown", "ArrowRight", " ", "n", "s", "?"]) assert.equal(actOf({ key }, "text"), undefined, key);
  assert.equal(actOf({ key: "ArrowRight" }, "page"), "next");
  assert.equal(actOf({ key: "ArrowLeft" }, "control"), "back");
  assert.equal(actOf({ key: "ArrowRight" }, "control"), "next", "a button needs no arrow");
  for (const key of ["ArrowRight", "ArrowLeft", " ", "Home", "End"]) assert.equal(actOf({ key }, "slider"), undefined, key);
  for (const key of ["1", "r", "h", "ArrowUp", "ArrowDown"]) assert.equal(actOf({ key }, "page"), undefined, `${key} is the lab's, or scrolls`);
  for (const focus of /** @type {const} */ (["text", "slider"])) assert.equal(actOf({ key: "Escape" }, focus), "leave");
  assert.equal(actOf({ key: " " }, "control"), undefined, "it presses the button");
  assert.equal(actOf({ key: " ", shiftKey: true }, "page"), "back");
  assert.equal(actOf({ key: "ArrowRight", altKey: true }, "page"), undefined, "the browser's own");
});

test("a finding makes a lab of its own rules", () => {
  const lab = read(stateOfFinding("momentum-worse"));
  assert.deepEqual(lab.notes, []);
  assert.deepEqual(
    lab.rules.map(({ kind, settings, place }) => [kind, settings, place]),
    [
      ["gradient_descent", { lr: 0.1 }, null],
      ["momentum", { lr: 0.1, beta: 0.9 }, null],
    ],
  );
  assert.equal(lab.steps, 60);
  assert.equal(stateOfFinding("no-such-finding"), null);
  assert.equal(savedState({ one: stateOfFinding("turned") }).state.one.state.angle, 45);
});

test("the link of any lab of the course makes a lab of its rules, to the last digit", () => {
  const sent = modelOf({
    angle: 30,
    start: [-5.1, 2e-7],
    steps: 60,
    step: 7,
    momentum_on: false,
    momentum_lr: 1 / 7,
    added: [{ kind: "rmsprop", on: true, lr: 1e-7, rho: 0, eps: 1e-12 }],
    show: ["plots"],
  });
  const { state, hash } = labOf(linkOf(readLab(sent), 3));
  const [theirs, ours] = [readLab(sent), read(state)];
  const looks = ({ rules }) => rules.map(({ kind, label, on, settings }) => ({ kind, label, on, settings }));
  assert.deepEqual(looks(ours), looks(theirs));
  for (const name of ["angle", "start", "steps", "step", "show", "curvatures"]) assert.deepEqual(ours[name], theirs[name], name);
  assert.deepEqual(labOf(hash).state, state, "its own address gives it back");
  assert.match(hash, /^#lab=1&/);
});

test("what is not usable in a link stays in it, for the lab to say so", () => {
  const usual = labOf("").state;
  for (const hash of ["#lab=1&v=1", "#lab=1&v=2&rule.momentum=1,0.3,0.5", "#lab=2&v=1&add=nothing,1", `#lab=1&v=1&own=${"x".repeat(9000)}`])
    assert.deepEqual(labOf(hash).state, usual, hash.slice(0, 40));
  const { state, hash } = labOf("#lab=2&v=1&rule.momentum=1,0.3,0.5&rule.some_class=1,2&add=rmsprop,1,-1,0.9,0");
  assert.deepEqual(
    state.rules.map(({ kind }) => kind),
    ["momentum"],
  );
  assert.equal(new URLSearchParams(hash.slice(1)).getAll("add").length, 2);
});
