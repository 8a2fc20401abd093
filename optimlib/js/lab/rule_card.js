import { html, numberText, powerOf, setText, svg } from "../ui/dom.js";
import { KINDS, SETTINGS } from "../core/catalogue.js";
import { isUsable } from "./state.js";
import { createSlider, linearScale, rateScale } from "../ui/sliders.js";
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

/** The bars of a braked rule, for each coordinate: the brake, which divides the gradient, and the effective rate. */
function createBars() {
  const rows = [];
  const row = (name, coordinate) => {
    const [bar, value] = [html("i"), html("span")];
    rows.push({ bar, value });
    return [html("span", {}, name), html("span", {}, coordinate), html("span", { class: "ol-gauge" }, bar), value];
  };
  const element = html("div", { class: "ol-bars" }, ...row("brake", "x₁"), ...row("", "x₂"), ...row("effective rate", "x₁"), ...row("", "x₂"));
  return {
    element,
    show(brake, rate) {
      [brake, rate].forEach((pair, i) => {
        const most = Math.max(...pair);
        pair.forEach((value, j) => {
          const { bar, value: text } = rows[2 * i + j];
          bar.style.width = `${Math.round(most > 0 && most < Infinity ? (100 * value) / most : 0)}%`;
          setText(text, numberText(value));
        });
      });
    },
  };
}

/**
 * A rule's card: its switch, its sliders, and where it is.
 * put(name, value) writes "on" or a setting; onRemove is there for a rule that the reader added.
 */
export function createCard(rule, { look, dash, changeable, put, onRemove = null }) {
  const sliders = withSlider(rule.settings).map(([name, value]) => {
    const { name: title, slider: kind } = SETTINGS[name];
    const slider = createSlider({
      name: title,
      label: `${title} of ${rule.label}`,
      scale: scaleFor(kind, value),
      disabled: !changeable,
      onValue: (now) => put(name, now),
    });
    return { name, ...slider };
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
  const bars = createBars();
  const warning = html("p", { class: "ol-warning" });
  const element = html(
    "div",
    { class: `ol-card ${look}`, role: "group", "aria-label": rule.label },
    html("div", { class: "ol-title" }, html("label", { class: "ol-switch" }, box, html("span", {}, rule.label)), sample, remove ?? ""),
    ...sliders.map((slider) => slider.element),
    html("p", { class: "ol-where" }, ...where),
    bars.element,
    warning,
  );
  return {
    element,
    /** hollow: whether its marker is; texts: where it is; braking: the brake and the effective rate of the next step, or null; problem: a warning, or "". */
    show({ on, settings }, { hollow, texts, braking, problem }) {
      sample.classList.toggle("ol-hollow", hollow);
      if (box.checked !== on) box.checked = on;
      element.classList.toggle("ol-off", !on);
      for (const { name, show } of sliders) show(settings[name]);
      texts.forEach((text, i) => setText(where[i], text));
      bars.element.hidden = !braking;
      if (braking) bars.show(...braking);
      setText(warning, problem);
    },
  };
}
