// Brings the widgets of a built page to life, with no kernel: from the state that the notebook saved.
// bundle.mjs joins it with the modules of the lab into optimlib.js.

import { html } from "../../optimlib/js/ui/dom.js";
import { renderLab } from "../../optimlib/js/lab/lab.js";
import { holdSight, isReturn } from "./hold.js";
import { loadScript } from "./load.js";
import { preparePrint } from "./print.js";
import { searchWithoutForm } from "./search_form.js";

/** What exercises and standard widgets need (study.js), loaded for the first one; all models of the page are told of it. */
let studying = null;
function study(models) {
  studying ??= loadScript("exercises.js", "optimlibExercises").then((code) => ({ ...code, python: code.begin(models) }));
  studying.catch(() => (studying = null));
  return studying;
}

/** Our own widgets, by the class of their Python half. */
export const RENDERS = {
  "optimlib.lab.Lab"(given, models) {
    const loadParts = () => loadScript("parts.js", "optimlibParts");
    const loadGrounds = () => loadScript("grounds.js", "optimlibGrounds");
    const python = { run: async (job) => (await study(models)).python.run(job) };
    const offersGrounds = document.querySelector(".one-lab") !== null; // a teacher has that page alone, without the chapter's lab
    const draw = () => renderLab({ ...given, python, loadParts, loadGrounds, offersGrounds });
    return given.model.get("ground")?.kind ? loadGrounds().then(draw) : draw();
  },
  "optimlib.lab.Pair": async (given) => (await loadScript("strip.js", "optimlibStrip")).renderPair(given),
  "optimlib.lab.Strip": async (given) => (await loadScript("strip.js", "optimlibStrip")).renderStrip(given),
  "optimlib.exercise.Exercise": async (given, models) => {
    const { renderExercise, python } = await study(models);
    await renderExercise({ ...given, python });
  },
  "optimlib.progress_widget.Progress": async (given, models) => (await study(models)).renderProgress(given),
};

/** The state of one widget, with as much of a Jupyter model as the widgets use. */
export class Model {
  constructor({ model_name, model_module, state }) {
    this.name = model_name;
    this.module = model_module;
    this.saved = state;
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
export const idIn = (reference) => String(reference).replace(/^IPY_MODEL_/, "");

/** Find the saved states and the places for widgets on the page, and fill the places: those that are near first. */
export function hostPage(page) {
  if (page.readyState === "loading") {
    page.addEventListener("DOMContentLoaded", () => hostPage(page), { once: true });
    return;
  }
  preparePrint(page); // ahead of the labs, which then draw in its colours
  searchWithoutForm(page);
  keepOnceLoaded(page);
  const saved = [...page.querySelectorAll('script[type="application/vnd.jupyter.widget-state+json"]')].map((script) => {
    try {
      return JSON.parse(script.textContent);
    } catch {
      return null;
    }
  });
  const models = makeModels(saved);
  const waiting = new Set(page.querySelectorAll("div.optimlib-widget[data-model-id]"));
  const fillOnce = (place) => {
    near.unobserve(place);
    return waiting.delete(place) ? fill(place, models) : null;
  };
  const near = new IntersectionObserver((entries) => entries.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => fillOnce(target)), {
    rootMargin: "600px",
  });
  for (const place of waiting) near.observe(place);
  // The first one does not wait for the page to have its layout.
  const [first] = waiting;
  if (first) fillOnce(first);
  // A link into the page leads there once all that stands above it is drawn; coming back, once all is.
  const wanted = page.getElementById(location.hash.slice(1));
  const isBefore = (place) => place.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_FOLLOWING || place === wanted;
  if (isReturn()) [...waiting].forEach(fillOnce);
  else if (wanted) leadTo(wanted, [...waiting].filter(isBefore).map(fillOnce));
  // The others follow while the page has nothing else to do, so that a jump or a print finds them drawn.
  const whenIdle = window.requestIdleCallback ?? ((callback) => setTimeout(callback, 50));
  const fillNext = () => {
    const [place] = waiting;
    if (!place) return;
    fillOnce(place);
    whenIdle(fillNext);
  };
  whenIdle(fillNext);
  if ([...models.values()].some(({ name }) => /LinkModel$/.test(name))) whenIdle(() => study(models)); // it links them
}

/** Once all else is done, have the page kept for reading without a connection (offline.js), where there is a browser and an address for it. */
function keepOnceLoaded(page) {
  if (origin === "null" || !isSecureContext || !navigator.serviceWorker) return;
  const note = ({ message }) => console.info(`This page is not kept for reading without a connection: ${message}`);
  addEventListener("load", () =>
    loadScript("offline.js", "optimlibOffline")
      .then((keep) => keep(page))
      .catch(note),
  );
}

/** Scroll to an element, and again when what is being drawn above has its size and the fonts are there, unless the reader moved on. */
function leadTo(element, drawn) {
  const reader = new AbortController();
  for (const event of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(event, () => reader.abort(), { once: true, passive: true });
  const lead = () => reader.signal.aborted || element.scrollIntoView({ behavior: "instant" });
  lead();
  Promise.all(drawn).then(() => requestAnimationFrame(() => requestAnimationFrame(lead)));
  addEventListener("load", () => requestAnimationFrame(lead), { once: true });
}

/** Draw a widget in its place; when it cannot be drawn, what stands there stays, and a line says why. */
async function fill(place, models) {
  try {
    const widget = await draw(place.dataset.modelId, models);
    holdSight(place);
    place.replaceChildren(widget);
  } catch (error) {
    place.append(excuse(error));
  }
}

/** The element of a widget. @throws when it cannot be drawn */
async function draw(id, models) {
  const model = models.get(idIn(id));
  if (!model) throw new Error("This page has no saved state for this widget.");
  if (model.module === "anywidget") {
    const render = RENDERS[model.get("_anywidget_id")];
    if (!render) throw new Error(IN_JUPYTER);
    const el = html("div");
    await render({ model, el, kernel: false }, models);
    return el;
  }
  const { drawStandard } = await study(models);
  const element = await drawStandard(model, (child) => draw(child, models).catch(excuse));
  if (!element) throw new Error(IN_JUPYTER);
  return html("div", { class: "ol ol-standard" }, element);
}

const IN_JUPYTER = "This widget runs in Jupyter: open the page's notebook there to use it.";

const excuse = (error) => html("p", { class: "ol ol-excuse" }, error.message);
