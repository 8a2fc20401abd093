import { html, numberText, setText } from "../../optimlib/js/ui/dom.js";

/** The element of a standard ipywidget, or null where the page knows none. draw(reference) draws a child. */
export const drawStandard = (model, draw) => (Object.hasOwn(STANDARD, model.name) ? STANDARD[model.name](model, draw) : null);

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
  HBoxModel: (model, draw) => box("ol-row", model, draw),
  VBoxModel: (model, draw) => box("ol-column", model, draw),
};

async function box(look, model, draw) {
  return html("div", { class: look }, ...(await Promise.all((model.get("children") ?? []).map(draw))));
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
  const places = Number(digits);
  const text = {
    d: () => value.toFixed(0),
    f: () => value.toFixed(places),
    g: () => String(Number(value.toPrecision(places || 6))),
    e: () => value.toExponential(places),
  }[kind]();
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
