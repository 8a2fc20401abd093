// Brings the widgets of a built page to life, with no kernel: from the state that the notebook saved.
// optimlib.scripts.site_script joins it with the widgets' own modules into one classic script.

import { setEditorUpgrade } from "../../optimlib/js/code_editor.js";
import { html, numberText, setText } from "../../optimlib/js/dom.js";
import { renderExercise } from "../../optimlib/js/exercise.js";
import { renderLab } from "../../optimlib/js/lab.js";
import { renderProgress } from "../../optimlib/js/progress_view.js";
import { loadScript } from "./load.js";
import { createPython } from "./python.js";
import { connectProgress } from "./store.js";

/** Our own widgets, by the class of their Python half. */
const RENDERS = {
  "optimlib.lab.Lab": renderLab,
  "optimlib.exercise.Exercise": renderExercise,
  "optimlib.progress_widget.Progress": renderProgress,
};

/** The page's own Python, and its better editor: loaded when they are first used. */
const python = createPython({ load: () => loadScript("python.js", "optimlibPython") });
setEditorUpgrade(() => loadScript("editor.js", "optimlibEditor"));

/** The state of one widget, with as much of a Jupyter model as the widgets use. */
export class Model {
  constructor({ model_name, model_module, state }) {
    this.name = model_name;
    this.module = model_module;
    this.state = { ...state };
    this.listeners = new Map(); // "change:steps" or "change" -> callbacks
  }

  get(name) {
    return this.state[name];
  }

  /** Set a trait, and tell the listeners unless it is the same value: links would go round for ever. */
  set(name, value) {
    if (isSame(this.state[name], value)) return;
    this.state[name] = value;
    for (const event of [`change:${name}`, "change"]) {
      for (const callback of [...(this.listeners.get(event) ?? [])]) callback(this, value);
    }
  }

  /** There is no kernel to tell. */
  save_changes() {}

  on(event, callback) {
    if (!this.listeners.has(event)) this.listeners.set(event, new Set());
    this.listeners.get(event).add(callback);
  }

  off(event, callback) {
    this.listeners.get(event)?.delete(callback);
  }
}

function isSame(a, b) {
  return Object.is(a, b) || (typeof a === "object" && typeof b === "object" && JSON.stringify(a) === JSON.stringify(b));
}

/** The models of saved widget states, by id. @returns {Map<string, Model>} */
export function makeModels(saved) {
  const records = saved.flatMap((one) => Object.entries(one?.state ?? {}));
  return new Map(records.filter(([, record]) => record?.state).map(([id, record]) => [id, new Model(record)]));
}

/** The id in a reference from one model to another. */
const idIn = (reference) => String(reference).replace(/^IPY_MODEL_/, "");

/** Honour jslink and jsdlink: the target takes the source's value at first, and then whatever it becomes. */
export function linkModels(models) {
  for (const link of models.values()) {
    if (link.name !== "LinkModel" && link.name !== "DirectionalLinkModel") continue;
    const [source, target] = ["source", "target"].map((end) => {
      const [reference, trait] = link.get(end) ?? [];
      return { model: models.get(idIn(reference)), trait };
    });
    if (!source.model || !target.model) continue;
    const follow = (from, to) => {
      from.model.on(`change:${from.trait}`, () => to.model.set(to.trait, from.model.get(from.trait)));
    };
    target.model.set(target.trait, source.model.get(source.trait));
    follow(source, target);
    if (link.name === "LinkModel") follow(target, source);
  }
}

/** Find the saved states and the places for widgets on the page, and fill the places: those that are near first. */
export function hostPage(page) {
  if (page.readyState === "loading") {
    page.addEventListener("DOMContentLoaded", () => hostPage(page), { once: true });
    return;
  }
  const saved = [...page.querySelectorAll('script[type="application/vnd.jupyter.widget-state+json"]')].map((script) => {
    try {
      return JSON.parse(script.textContent);
    } catch {
      return null;
    }
  });
  const models = makeModels(saved);
  linkModels(models);
  connectProgress(models, CHAPTER_EXERCISES);
  const waiting = new Set(page.querySelectorAll("div.optimlib-widget[data-model-id]"));
  const fillOnce = (place) => {
    near.unobserve(place);
    if (waiting.delete(place)) fill(place, models);
  };
  const near = new IntersectionObserver(
    (entries) => entries.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => fillOnce(target)),
    { rootMargin: "600px" },
  );
  for (const place of waiting) near.observe(place);
  // A link into the page leads there once all that stands above it is drawn; coming back, once all is.
  const wanted = page.getElementById(location.hash.slice(1));
  const isBefore = (place) => place.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_FOLLOWING || place === wanted;
  const [{ type = "navigate" } = {}] = performance.getEntriesByType("navigation");
  if (type !== "navigate") [...waiting].forEach(fillOnce);
  else if (wanted) [...waiting].filter(isBefore).forEach(fillOnce);
  if (wanted && type === "navigate") leadTo(wanted);
  // The others follow while the page has nothing else to do, so that a jump or a print finds them drawn.
  const whenIdle = window.requestIdleCallback ?? ((callback) => setTimeout(callback, 50));
  const fillNext = () => {
    const [place] = waiting;
    if (!place) return;
    fillOnce(place);
    whenIdle(fillNext);
  };
  whenIdle(fillNext);
}

/** Scroll to an element, and again when what was just drawn has its size and the fonts are there, unless the reader moved on. */
function leadTo(element) {
  const reader = new AbortController();
  for (const event of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(event, () => reader.abort(), { once: true, passive: true });
  const lead = () => reader.signal.aborted || element.scrollIntoView({ behavior: "instant" });
  lead();
  requestAnimationFrame(() => requestAnimationFrame(lead));
  addEventListener("load", () => requestAnimationFrame(lead), { once: true });
}

/** Draw a widget in its place; when it cannot be drawn, what stands there stays, and a line says why. */
function fill(place, models) {
  try {
    place.replaceChildren(draw(place.dataset.modelId, models));
  } catch (error) {
    place.append(excuse(error));
  }
}

/** The element of a widget. @throws when it cannot be drawn */
function draw(id, models) {
  const model = models.get(idIn(id));
  if (!model) throw new Error("This page has no saved state for this widget.");
  if (model.module === "anywidget") {
    const render = RENDERS[model.get("_anywidget_id")];
    if (!render) throw new Error(IN_JUPYTER);
    const el = html("div");
    render({ model, el, kernel: false, python });
    return el;
  }
  if (!Object.hasOwn(STANDARD, model.name)) throw new Error(IN_JUPYTER);
  return html("div", { class: "ol ol-standard" }, STANDARD[model.name](model, models));
}

const IN_JUPYTER = "This widget runs in Jupyter: open the page's notebook there to use it.";

const excuse = (error) => html("p", { class: "ol ol-excuse" }, error.message);

/** The standard ipywidgets that the page shows, as native elements. */
const STANDARD = {
  IntSliderModel: slider,
  FloatSliderModel: slider,
  FloatLogSliderModel: slider,
  PlayModel: play,
  CheckboxModel(model) {
    const box = html("input", { type: "checkbox", onchange: () => model.set("value", box.checked) });
    follow(model, () => {
      box.checked = model.get("value") === true;
      box.disabled = model.get("disabled") === true;
    });
    return html("label", { class: "ol-named" }, box, nameOf(model, "checkbox", box));
  },
  DropdownModel(model) {
    const options = (model.get("_options_labels") ?? []).map((label) => html("option", {}, String(label)));
    const select = html("select", { onchange: () => model.set("index", select.selectedIndex) }, ...options);
    follow(model, () => {
      select.selectedIndex = model.get("index") ?? -1;
      select.disabled = model.get("disabled") === true;
    });
    return html("label", { class: "ol-named" }, nameOf(model, "choice", select), select);
  },
  LabelModel(model) {
    const label = html("span");
    follow(model, () => setText(label, String(model.get("value") ?? "")));
    return label;
  },
  HBoxModel: (model, models) => box("ol-row", model, models),
  VBoxModel: (model, models) => box("ol-column", model, models),
};

function box(look, model, models) {
  const children = (model.get("children") ?? []).map((reference) => {
    try {
      return draw(reference, models);
    } catch (error) {
      return excuse(error);
    }
  });
  return html("div", { class: look }, ...children);
}

/** Show a model now and whenever it changes. */
function follow(model, show) {
  model.on("change", show);
  show();
}

/** The description as visible text, and as the control's name; without one the name is otherwise. */
function nameOf(model, otherwise, control) {
  const description = String(model.get("description") ?? "");
  control.setAttribute("aria-label", description || otherwise);
  return html("span", {}, description);
}

function slider(model) {
  const logarithmic = model.name === "FloatLogSliderModel";
  const base = model.get("base") ?? 10;
  const toPlace = (value) => (logarithmic ? Math.log(value) / Math.log(base) : value);
  const fromPlace = (place) => (logarithmic ? base ** place : place);
  const send = () => model.set("value", fromPlace(Number(input.value)));
  const input = html("input", {
    type: "range",
    class: "ol-range",
    [model.get("continuous_update") === false ? "onchange" : "oninput"]: send,
  });
  const value = html("output");
  follow(model, () => {
    for (const name of ["min", "max", "step"]) input[name] = model.get(name);
    input.value = toPlace(model.get("value"));
    input.disabled = model.get("disabled") === true;
    const text = formatted(model.get("value"), model.get("readout_format"));
    input.setAttribute("aria-valuetext", text);
    setText(value, model.get("readout") === false ? "" : text);
  });
  return html("label", { class: "ol-named" }, nameOf(model, "slider", input), input, value);
}

/** A number in one of the formats of ipywidgets: d, .2f, .3g, .1e. */
export function formatted(value, format) {
  const [, digits, kind] = /^\.?(\d*)([dfge])$/.exec(format ?? "") ?? [];
  if (typeof value !== "number" || !kind) return numberText(Number(value));
  const text = { d: () => value.toFixed(0), f: () => value.toFixed(digits), g: () => String(Number(value.toPrecision(digits || 6))), e: () => value.toExponential(digits) }[kind]();
  return text.replace("-", "−");
}

/** Play and stop, in steps on a clock; it stands while the page is hidden. */
function play(model) {
  let clock = null;
  const now = (name, otherwise) => model.get(name) ?? otherwise;
  const tick = () => {
    if (document.hidden) return;
    const next = now("value", 0) + now("step", 1);
    if (next <= now("max", 100)) model.set("value", next);
    else if (model.get("repeat")) model.set("value", now("min", 0));
    else model.set("playing", false);
  };
  const toggle = html("button", {
    type: "button",
    class: "ol-check",
    onclick() {
      if (!model.get("playing") && now("value", 0) + now("step", 1) > now("max", 100)) model.set("value", now("min", 0));
      model.set("playing", !model.get("playing"));
    },
  });
  const stop = html(
    "button",
    {
      type: "button",
      class: "ol-check",
      onclick() {
        model.set("playing", false);
        model.set("value", now("min", 0));
      },
    },
    "Stop",
  );
  model.set("playing", false); // nothing on a page starts by itself
  follow(model, () => {
    const playing = model.get("playing") === true;
    setText(toggle, playing ? "Pause" : "Play");
    toggle.disabled = stop.disabled = model.get("disabled") === true;
    if (playing === (clock !== null)) return;
    if (playing) clock = setInterval(tick, Math.max(now("interval", 100), 10));
    else clock = clearInterval(clock) ?? null;
  });
  return html("span", { class: "ol-named", role: "group", "aria-label": model.get("description") || "animation" }, toggle, stop);
}
