import { html, powerOf, setText, svg } from "../ui/dom.js";
import { KINDS, SETTINGS } from "../core/catalogue.js";
import { isUsable } from "./state.js";
import { createBox, createSlider, linearScale, rateScale } from "../ui/sliders.js";
import { MARKERS } from "../valley/markers.js";

/** The scale of a setting's slider, for the value that it opens at. */
function scaleFor(slider, value) {
  if (slider !== "rate") return linearScale(...slider);
  const power = powerOf(value);
  return rateScale(Math.min(power, -2), Math.max(power, 0));
}

/** The settings that get a slider. A rule of the reader's own may mean something else by these names: a value off the scale gets none. */
export const withSlider = (settings) =>
  Object.entries(settings).filter(([name, value]) => Object.hasOwn(SETTINGS, name) && SETTINGS[name].slider && isUsable(name, value));

/** Which learning rate the slider sets, where that changes; the setting of the schedule goes after it. */
const WHICH = { exponential: "first rate; γ\u00a0", inverse_time: "first rate; T\u00a0", warm_up: "rate from step " };

/** @param {import("../core/schedules.js").Schedule} schedule */
const rateName = ([kind, value]) => (WHICH[kind] ? WHICH[kind] + value : SETTINGS.lr.name);

/**
 * A rule's card: its switch, its sliders, and where it is.
 * put(name, value) writes "on" or a setting; explain(name, words) what a setting means into an element; onRemove is there for a rule that the reader added.
 */
export function createCard(rule, { look, dash, changeable, put, explain, onRemove = null }) {
  const sliders = withSlider(rule.settings).map(([name, value]) => {
    const { name: title, slider: kind } = SETTINGS[name];
    const shared = {
      name: title,
      label: `${title} of ${rule.label}`,
      explain: rule.kind === "own" || rule.kind === "replay" ? null : (words) => explain(name, words),
      disabled: !changeable,
      onValue: (now) => put(name, now),
    };
    return { name, ...(kind === "box" ? createBox(shared) : createSlider({ ...shared, scale: scaleFor(kind, value) })) };
  });
  const box = html("input", { type: "checkbox", "aria-label": `show ${rule.label}`, onchange: () => put("on", box.checked) });
  const sample = svg(
    "svg",
    { class: "ol-sample", width: 26, height: 12, "aria-hidden": "true" },
    svg("path", { class: "ol-bold", d: "M0,6h26", "stroke-dasharray": dash }),
    svg("path", { class: "ol-marks", d: `M13,6${MARKERS[KINDS[rule.kind].marker](3.2)}` }),
  );
  const remove =
    onRemove && html("button", { type: "button", class: "ol-remove", "aria-label": `remove ${rule.label}`, title: "remove", onclick: onRemove }, "×");
  const where = [0, 1, 2].map(() => html("span"));
  const warning = html("p", { class: "ol-warning" });
  const element = html(
    "div",
    { class: `ol-card ${look}`, role: "group", "aria-label": rule.label },
    html("div", { class: "ol-title" }, html("label", { class: "ol-switch" }, box, html("span", {}, rule.label)), sample, remove ?? ""),
    ...sliders.map((slider) => slider.element),
    html("p", { class: "ol-where" }, ...where),
    warning,
  );
  return {
    element,
    /** hollow: whether its marker is; texts: where it is; problem: a warning, or "". */
    show({ on, label, settings, schedule }, { hollow, texts, problem }) {
      sample.classList.toggle("ol-hollow", hollow);
      if (box.checked !== on) box.checked = on;
      element.classList.toggle("ol-off", !on);
      for (const slider of sliders) {
        slider.show(settings[slider.name]);
        if (slider.name === "lr" && "rename" in slider) slider.rename(rateName(schedule), label);
      }
      texts.forEach((text, i) => setText(where[i], text));
      setText(warning, problem);
    },
  };
}
