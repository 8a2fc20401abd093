import { SCHEDULE_FACTS } from "../core/catalogue_more.js";
import { RULES } from "../core/rules.js";
import { html, setText } from "../ui/dom.js";
import { createSlider, linearScale, rateScale } from "../ui/sliders.js";
import { commonSchedule, scheduleChange } from "./rate_changes.js";
import { createPlots, learningRates } from "./side_plots.js";
import { shortText } from "./words.js";

/** The plot of the learning rates: a step is at the place where it begins, as everywhere in a lab. */
const PLOT = {
  name: "learning rate of the next step",
  logarithmic: false,
  fromZero: true,
  linesOf: (line) => [learningRates(line)].filter(({ length }) => length > 0),
};

/** A choice among the schedules. onChoose(kind) is called when the reader makes one. */
function createChoice(onChoose) {
  const differ = html("option", { value: "", hidden: true }, "not the same for all");
  const options = Object.entries(SCHEDULE_FACTS).map(([kind, { name }]) => html("option", { value: kind }, name));
  const element = html("select", { class: "ol-chip", "aria-label": "learning rate over time", onchange: () => onChoose(element.value) }, differ, ...options);
  return { element, show: (kind) => (element.value = kind) };
}

/** A slider for the setting of each schedule that has one, by kind. put(schedule) sets it. */
const createSettings = (put) =>
  Object.fromEntries(
    Object.entries(SCHEDULE_FACTS)
      .filter(([, { setting }]) => setting)
      .map(([kind, { name, short, slider }]) => {
        const scale = slider === "rate" ? rateScale(0, 2) : linearScale(...slider);
        return [kind, createSlider({ name: short, label: `${short}, of the learning rate ${name}`, scale, onValue: (value) => put([kind, value]) })];
      }),
  );

/** From which rate to which a line of the lab goes, in words. */
function rangeWords(line) {
  const rates = learningRates(line);
  const [first, last] = [rates[0], rates.at(-1)].map(shortText);
  return `${line.rule.label}: ${first === last ? `${first} in every step` : `${first} in the first step, ${last} in the last`}`;
}

const DIFFER = "The rates of these rules change in different ways: a choice here is for all of them.";
const NONE = "Here are only rules of the notebook’s own: what their rates do is written there.";

/** The panel of the learning rate over time: one choice for all rules of the library, and their rates as a small plot. @returns {import("./part_boxes.js").Part} */
export function createRatePanel({ set, peek, goTo }) {
  let lab = null;
  const values = Object.fromEntries(Object.entries(SCHEDULE_FACTS).map(([kind, facts]) => [kind, facts.default ?? 1])); // of each kind, as it was last
  const put = (schedule) => set(scheduleChange(lab, schedule));
  const choice = createChoice((kind) => put([kind, values[kind]]));
  const settings = createSettings((schedule) => put(schedule));
  const about = html("p", { class: "ol-note" });
  const plots = createPlots([PLOT], { peek, goTo });
  const range = html("p", { class: "ol-note" });
  const sliders = Object.values(settings).map(({ element }) => element);
  return {
    element: html("div", {}, html("div", { class: "ol-chips" }, choice.element), ...sliders, about, plots.element, range),
    focus: () => choice.element.focus(),
    draw(scene) {
      ({ lab } = scene);
      const [kind, value] = commonSchedule(lab) ?? ["", 1];
      choice.show(kind);
      if (kind) values[kind] = value;
      for (const [one, { element, show }] of Object.entries(settings)) {
        element.hidden = one !== kind;
        if (one === kind) show(value);
      }
      setText(about, kind ? SCHEDULE_FACTS[kind].about : lab.rules.some(({ kind: one }) => RULES[one]) ? DIFFER : NONE);
      plots.draw(scene);
      const known = scene.shown.filter((line) => learningRates(line).length > 0);
      setText(range, known.length > 0 ? `${known.map(rangeWords).join("; ")}.` : "");
    },
  };
}
