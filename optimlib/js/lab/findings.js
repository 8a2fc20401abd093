import PRESETS from "../../lab/presets.json" with { type: "json" };
import { html } from "../ui/dom.js";
import { KINDS, LIMITS } from "../core/catalogue.js";
import { quadratic } from "../core/surface.js";

const VALLEY = { curvatures: [0.2, 4], start: [-5, -2] };

/** The values of a lab's traits that show a finding: its own rules where it has them, others added, the rest switched off. */
export function presetValues(preset, lab) {
  const { curvatures = VALLEY.curvatures, angle = 0, steps, show = [] } = preset;
  const start = quadratic(curvatures, angle).fromAxes(VALLEY.start);
  const values = { curvatures, angle, start, steps, step: steps, own_rule_on: false, show: [...new Set([...lab.show, ...show])], predict: "", playing: false };
  const wanted = [...preset.rules];
  let room = LIMITS.rules;
  for (const { key, kind, place } of lab.rules) {
    if (place !== null) continue;
    room--;
    const found = wanted.findIndex((rule) => rule.kind === kind);
    values[`${key}_on`] = found >= 0;
    if (found < 0) continue;
    const { kind: _, ...settings } = wanted.splice(found, 1)[0];
    for (const [name, value] of Object.entries({ ...KINDS[kind].settings, ...settings })) values[`${key}_${name}`] = value;
  }
  values.added = wanted.slice(0, room).map((rule) => ({ on: true, ...KINDS[rule.kind].settings, ...rule }));
  return values;
}

/** What a finding is about: the valley and the rules, not the step. */
const whatIsShown = ({ curvatures, angle, start, rules }) => JSON.stringify([curvatures, angle, start, rules.map(({ label, on, settings }) => [label, on, settings])]);

/** The panel of findings, a button for each. apply(values) gives them to the lab, which is then present(). */
export function createFindings({ apply, present, reveal, playFromStart }) {
  let shown = null; // the finding that is on screen
  let then = ""; // what the lab showed when it was opened
  const hold = (preset) => ([shown, then] = [preset, whatIsShown(present())]);
  const show = (preset) => {
    apply(presetValues(preset, present()));
    hold(preset);
    playFromStart();
    reveal();
  };
  const buttons = PRESETS.map((preset) => html("button", { type: "button", class: "ol-chip", onclick: () => show(preset) }, preset.title));
  return {
    element: html("div", { class: "ol-chips" }, ...buttons),
    /** Open a finding by its id; false where there is none of that name. */
    open(id) {
      const preset = PRESETS.find((one) => one.id === id);
      if (preset) show(preset);
      return preset !== undefined;
    },
    /** Say that the lab shows this finding, as a link does that was made of one. */
    name: (id) => hold(PRESETS.find((one) => one.id === id) ?? null),
    /** The id of the finding that is shown, or "". */
    shown: () => shown?.id ?? "",
    forget: () => (shown = null),
    /** What to watch; nothing once the reader has changed what the finding is about. */
    watch(lab) {
      if (shown && whatIsShown(lab) !== then) shown = null;
      buttons.forEach((button, i) => button.setAttribute("aria-pressed", PRESETS[i] === shown));
      return shown?.watch ?? "";
    },
  };
}
