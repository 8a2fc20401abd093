// What each widget carries: where it finds the script that all share, and what stands there until then.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import loader from "../../../optimlib/js/loader.js";

const CODE =
  "globalThis.loads = (globalThis.loads ?? 0) + 1; export default { render: ({ model, el }) => { el.words = 'drawn ' + model.get('_anywidget_id'); } };";

beforeEach(() => {
  globalThis.document = { createElement: (tag) => ({ tag }) };
  // Node imports no blob: a data address stands for it.
  URL.createObjectURL = (blob) => `data:text/javascript,${encodeURIComponent(blob.parts)}`;
  URL.revokeObjectURL = () => {};
  globalThis.Blob = class {
    constructor([text]) {
      this.parts = text;
    }
  };
});

const place = () => ({
  children: [],
  replaceChildren(...children) {
    this.children = children;
  },
});
const words = (el) => el.children.map(({ textContent }) => textContent);
const named = (traits) => ({ get: (name) => traits[name] });

/** A widget's model in a front end that has all models, where code is what the shared one holds. */
const among = (code) => ({
  ...named({ _anywidget_id: "a", shared: "IPY_MODEL_7" }),
  widget_manager: { get_model: async (id) => (id === "7" ? named({ code, style: ".ol {}" }) : assert.fail(id)) },
  on() {},
  send() {},
});

test("two widgets load the shared script once, and each has the style", async () => {
  globalThis.loads = 0;
  const places = [place(), place()];
  for (const el of places) await loader.render({ model: among(CODE), el });
  assert.equal(globalThis.loads, 1);
  for (const { children } of places)
    assert.deepEqual(
      children.map(({ tag, textContent, words }) => textContent ?? words ?? tag),
      [".ol {}", "drawn a"],
    );
});

test("where each widget is shown alone, Python is asked", async () => {
  const [el, listeners, ended, sent] = [place(), [], [], []];
  const model = {
    ...named({ _anywidget_id: "b", shared: "IPY_MODEL_7" }),
    on: (event, listener) => listeners.push([event, listener]),
    off: (event, listener) => ended.push([event, listener]),
    send: (message) => sent.push(message),
  };
  const drawing = loader.render({ model, el });
  await new Promise(setImmediate);
  assert.deepEqual(words(el), ["Run this cell to bring it to life."]);
  assert.deepEqual(sent, [{ ask: "shared" }]);
  for (const message of [{ other: 1 }, { code: CODE, style: "" }]) {
    for (const [event, listener] of listeners) if (event === "msg:custom") listener(message);
  }
  await drawing;
  assert.equal(el.children[1].words, "drawn b");
  assert.deepEqual(ended, listeners, "once there is an answer nothing listens any more");
});

test("a saved notebook without its script says to run the cell", async () => {
  const el = place();
  loader.render({ model: among(""), el });
  await new Promise(setImmediate);
  assert.deepEqual(words(el), ["Run this cell to bring it to life."]);
});
