import assert from "node:assert/strict";
import { test } from "node:test";

import { countSolved, entryOf, merged, readKept, updated, writeKept } from "../../../optimlib/js/exercises/progress.js";
import { entryWords } from "../../../optimlib/js/exercises/progress_view.js";
import { Model } from "../../../tools/site/host.js";
import { ITEM, connectProgress, createStore } from "../../../tools/site/progress_store.js";
import { DAMAGED, GOOD, REFUSED, WHOLE } from "./hostile_kept.mjs";

// --- entries

test("solved stays solved, hints never go down, and the last answer counts", () => {
  const solved = { state: "solved", hints: 2, solution: true, answer: "1" };
  assert.deepEqual(updated(solved, { state: "tried", hints: 1, solution: false, answer: "2" }), { ...solved, answer: "2" });
  assert.deepEqual(updated({}, { hints: 1 }), { state: "untried", hints: 1, solution: false });
  assert.deepEqual(updated({ state: "tried", note: "mine" }, { state: "solved" }), { state: "solved", hints: 0, solution: false, note: "mine" });
});

test("of two the best is taken, and my answer where I have one", () => {
  const mine = { a: { state: "tried", hints: 2, answer: "mine" }, b: { state: "solved" } };
  const theirs = { a: { state: "solved", hints: 1, answer: "theirs" }, b: { answer: "theirs" }, c: { state: "tried" } };
  const both = merged(mine, theirs);
  assert.deepEqual(both.a, { state: "solved", hints: 2, solution: false, answer: "mine" });
  assert.deepEqual([both.b.state, both.b.answer, both.c.state], ["solved", "theirs", "tried"]);
  assert.equal(countSolved(both, ["a", "b", "c", "d"]), 2);
  assert.deepEqual(entryOf(both, "constructor"), {});
});

test("how far a reader is, in words", () => {
  assert.equal(entryWords({}), "not tried");
  assert.equal(entryWords({ hints: 1 }), "not tried, 1 hint");
  assert.equal(entryWords({ state: "tried", solution: true }), "tried, solution read");
  assert.equal(entryWords({ state: "solved", hints: 2 }), "solved with 2 hints");
});

// --- texts

test("what is written is read again, and what is not known is kept", () => {
  for (const text of GOOD) {
    const { kept, problem } = readKept(text);
    assert.equal(problem, "", text);
    assert.deepEqual(readKept(writeKept(kept)), { kept, problem: "" });
    for (const id of Object.keys(kept)) assert.ok(["untried", "tried", "solved"].includes(updated({}, entryOf(kept, id)).state));
  }
  assert.equal(entryOf(readKept(GOOD.at(-1)).kept, "__proto__").state, "solved");
  assert.deepEqual(readKept(null), { kept: {}, problem: "" });
});

test("damaged entries are left out, with a word, and the others are kept", () => {
  for (const text of DAMAGED) {
    const { kept, problem } = readKept(text);
    assert.match(problem, /^\d+ of its entries (is|are) damaged$/, text);
    assert.equal(entryOf(kept, "gd-edge").state, undefined);
  }
  assert.deepEqual(Object.keys(readKept(DAMAGED.at(-1)).kept), ["gd-rate"]);
});

test("more than 100 texts that are something else are refused, with a word", () => {
  assert.ok(REFUSED.length > 100);
  for (const text of [...REFUSED, undefined, 1, {}, "[".repeat(5_000_000)]) {
    const { kept, problem } = readKept(text);
    assert.deepEqual(kept, {}, String(text).slice(0, 200));
    assert.match(problem, /^it (is not JSON|is not the progress of this course|was made by a newer version of the course)$/);
  }
  assert.equal(readKept('{"format": "optimlib progress", "version": 2}').problem, "it was made by a newer version of the course");
  assert.equal({}.state, undefined);
});

// --- the browser's storage

/** A storage of one item, as tabs share it. */
function shared(text = null) {
  return {
    text,
    getItem(name) {
      return name === ITEM ? this.text : null;
    },
    setItem(name, value) {
      assert.equal(name, ITEM);
      this.text = value;
    },
    removeItem(name) {
      assert.equal(name, ITEM);
      this.text = null;
    },
  };
}
const full = (text) => ({
  ...shared(text),
  setItem() {
    throw new Error("QuotaExceededError");
  },
});
const forbidden = () => {
  throw new Error("SecurityError");
};
const solved = (store) => Object.keys(store.load().kept).filter((id) => store.load().kept[id].state === "solved");

test("an untouched course leaves nothing in the storage", () => {
  const place = shared();
  const store = createStore(() => place);
  assert.deepEqual(store.load(), { kept: {}, problem: "", original: "" });
  assert.equal(place.text, null);
});

test("two tabs do not lose each other's entries", () => {
  const place = shared();
  const [one, two] = [createStore(() => place), createStore(() => place)];
  one.load();
  two.keep({ a: { state: "solved" } });
  one.keep({ b: { state: "solved" } });
  two.keep({ a: { state: "tried", hints: 1 } });
  assert.deepEqual(solved(one), ["a", "b"]);
  assert.equal(one.load().kept.a.hints, 1);
  one.reset();
  assert.deepEqual(two.load().kept, {});
  assert.equal(place.text, null);
});

test("what cannot be used is not overwritten; what is done then is in memory, until a reset", () => {
  for (const text of [...REFUSED.slice(0, 100), ...DAMAGED]) {
    const place = shared(text);
    const store = createStore(() => place);
    store.keep({ b: { state: "solved" } });
    assert.equal(place.text, text);
    assert.ok(solved(store).includes("b"));
    const { problem, original } = store.load();
    assert.match(problem, /^Your progress is not being kept: .+, since .+ It stays as it is until a reset\.$/);
    assert.equal(original, text);
    store.reset();
    assert.deepEqual([store.load(), place.text], [{ kept: {}, problem: "", original: "" }, null]);
  }
});

test("a full storage keeps what it has, and what is done then is kept once there is room", () => {
  const place = full(WHOLE);
  const store = createStore(() => place);
  store.keep({ b: { state: "solved" } });
  assert.deepEqual(solved(store), ["gd-edge", "b"]);
  assert.match(store.load().problem, /full/);
  assert.equal(place.text, WHOLE);
  place.setItem = shared().setItem;
  store.keep({ c: { state: "solved" } });
  assert.deepEqual(Object.keys(readKept(place.text).kept).sort(), ["b", "c", "gd-edge", "gd-step"]);
  assert.equal(store.load().problem, "");
});

test("a forbidden storage breaks nothing", () => {
  for (const open of [forbidden, () => null, () => undefined]) {
    const store = createStore(open);
    store.keep({ b: { state: "solved" } });
    assert.deepEqual(solved(store), ["b"]);
    assert.match(store.load().problem, /^Your progress is not being kept: this browser/);
    store.reset();
    assert.deepEqual(store.load().kept, {});
  }
});

// --- the models of a page

const exercise = (id) =>
  new Model({ model_module: "anywidget", state: { _anywidget_id: "optimlib.exercise.Exercise", exercise_id: id, kept: {}, problem: "" } });
const list = () => new Model({ model_module: "anywidget", state: { _anywidget_id: "optimlib.progress_widget.Progress", kept: {}, problem: "" } });

/** A page with these models; tell("storage") is what a browser tells it. */
function connected(models, open) {
  const listeners = {};
  const page = {
    location: new URL("https://course.example/progress.html"),
    document: { querySelectorAll: () => [] },
    addEventListener: (event, listener) => (listeners[event] = listener),
  };
  connectProgress(new Map(models.map((model, i) => [i, model])), {}, { open, page });
  return (event, detail) => listeners[event](detail);
}

test("exercises start with what is kept, and what they change is kept and shown", () => {
  const place = shared(WHOLE);
  const [edge, again, step, all] = [exercise("gd-edge"), exercise("gd-edge"), exercise("gd-step"), list()];
  connected([edge, again, step, all], () => place);
  assert.equal(edge.get("kept").answer, "1/4");
  assert.equal(step.get("kept").state, "tried");
  step.set("kept", { ...step.get("kept"), state: "solved", answer: "x" });
  edge.set("kept", updated(edge.get("kept"), { answer: "0.25" }));
  assert.deepEqual([all.get("kept")["gd-step"].state, again.get("kept").answer], ["solved", "0.25"]);
  assert.equal(readKept(place.text).kept["gd-step"].answer, "x");
});

test("an import adds, a reset forgets and clears every exercise", () => {
  const place = shared(WHOLE);
  const [step, all] = [exercise("gd-step"), list()];
  connected([step, all], () => place);
  all.set("kept", merged(all.get("kept"), { "gd-step": { state: "solved" }, other: { hints: 1 } }));
  assert.equal(step.get("kept").state, "solved");
  assert.deepEqual(Object.keys(readKept(place.text).kept).sort(), ["gd-edge", "gd-step", "other"]);
  all.set("kept", null);
  assert.deepEqual([step.get("kept"), all.get("kept"), place.text], [{}, {}, null]);
});

test("a page hears of another tab, and looks again when it comes back", () => {
  const place = shared();
  const all = list();
  const tell = connected([all], () => place);
  place.text = WHOLE;
  tell("storage", { key: "another" });
  assert.deepEqual(all.get("kept"), {});
  tell("storage", { key: ITEM });
  assert.equal(all.get("kept")["gd-edge"].state, "solved");
  place.text = null;
  tell("pageshow", { persisted: true });
  assert.deepEqual(all.get("kept"), {});
});

test("all models are told why progress is not being kept", () => {
  const models = [exercise("gd-edge"), list()];
  connected(models, forbidden);
  models[0].set("kept", { state: "solved" });
  for (const model of models) assert.match(model.get("problem"), /^Your progress is not being kept/);
  assert.equal(models[1].get("kept")["gd-edge"].state, "solved");
});
