import assert from "node:assert/strict";
import { test } from "node:test";

import { makeModels, Model } from "../../../tools/site/host.js";
import { linkModels } from "../../../tools/site/links.js";
import { formatted } from "../../../tools/site/standard_widgets.js";

const widget = (state) => ({ model_name: "AnyModel", model_module: "anywidget", state });
const link = (name, source, target) => ({
  model_name: name,
  model_module: "@jupyter-widgets/controls",
  state: { source: [`IPY_MODEL_${source[0]}`, source[1]], target: [`IPY_MODEL_${target[0]}`, target[1]] },
});
const models = (state) => makeModels([{ state }]);

test("a model tells of a change once, and not of what stays the same", () => {
  const model = new Model(widget({ start: [-5, -2] }));
  const heard = [];
  const listener = () => heard.push(model.get("start"));
  model.on("change:start", listener);
  model.set("start", [-5, -2]);
  model.set("start", [1, 2]);
  model.off("change:start", listener);
  model.set("start", [3, 4]);
  assert.deepEqual(heard, [[1, 2]]);
});

test("jslink goes both ways, and starts with the source", () => {
  const found = models({ a: widget({ value: 3 }), b: widget({ step: 0 }), l: link("LinkModel", ["a", "value"], ["b", "step"]) });
  linkModels(found);
  assert.equal(found.get("b").get("step"), 3);
  found.get("b").set("step", 7);
  assert.equal(found.get("a").get("value"), 7);
});

test("what was changed before it was linked stays, and goes on to all that is linked to it", () => {
  const ends = { play: widget({ value: 60 }), slider: widget({ value: 60 }), lab: widget({ step: 60 }) };
  const found = models({ ...ends, l: link("LinkModel", ["play", "value"], ["slider", "value"]), m: link("LinkModel", ["slider", "value"], ["lab", "step"]) });
  found.get("lab").set("step", 7);
  linkModels(found);
  assert.deepEqual([found.get("lab").get("step"), found.get("slider").get("value"), found.get("play").get("value")], [7, 7, 7]);
});

test("of two sources of a target the last counts, as in Jupyter", () => {
  const ends = { a: widget({ v: 1 }), b: widget({ v: 2 }), t: widget({ v: 3 }) };
  const found = models({ ...ends, l: link("LinkModel", ["a", "v"], ["t", "v"]), m: link("LinkModel", ["b", "v"], ["t", "v"]) });
  linkModels(found);
  assert.deepEqual(
    ["a", "b", "t"].map((id) => found.get(id).get("v")),
    [2, 2, 2],
  );
});

test("jsdlink goes one way", () => {
  const found = models({ a: widget({ value: 3 }), b: widget({ step: 0 }), l: link("DirectionalLinkModel", ["a", "value"], ["b", "step"]) });
  linkModels(found);
  found.get("b").set("step", 7);
  assert.equal(found.get("a").get("value"), 3);
  found.get("a").set("value", 4);
  assert.equal(found.get("b").get("step"), 4);
});

test("a ring of links comes to rest, also on NaN", () => {
  const ring = { a: widget({ v: 1 }), b: widget({ v: 2 }), c: widget({ v: 3 }) };
  for (const [from, to] of ["ab", "bc", "ca"]) ring[from + to] = link("LinkModel", [from, "v"], [to, "v"]);
  const found = models(ring);
  linkModels(found);
  for (const value of [5, NaN, [1, 2]]) {
    found.get("b").set("v", value);
    assert.deepEqual(
      ["a", "b", "c"].map((id) => found.get(id).get("v")),
      [value, value, value],
    );
  }
});

test("damaged states and loose links are passed over", () => {
  const found = makeModels([
    null,
    {},
    { state: { x: null, y: 3, z: {}, a: widget({ v: 1 }), l: link("LinkModel", ["a", "v"], ["gone", "v"]), m: { model_name: "LinkModel", state: {} } } },
  ]);
  linkModels(found);
  assert.deepEqual([...found.keys()], ["a", "l", "m"]);
});

test("readouts in the formats of ipywidgets", () => {
  assert.deepEqual([formatted(3, "d"), formatted(-0.5, ".2f"), formatted(0.123456, ".3g"), formatted(0.25, "?")], ["3", "−0.50", "0.123", "0.25"]);
});
