import PRESETS from "../../lab/findings.json" with { type: "json" };
import { html } from "../ui/dom.js";
import { KINDS, LIMITS } from "../core/catalogue.js";
import { CONSTANT } from "../core/schedules.js";
import { quadratic } from "../core/surface.js";

const VALLEY = { curvatures: [0.2, 4], start: [-5, -2] };

/** @type {any[]} */
const FINDINGS = PRESETS;

/** The values of a lab's traits that show a finding: its own rules where it has them, others added, the rest switched off. */
export function presetValues(preset, lab) {
  const { ground = {}, curvatures = VALLEY.curvatures, angle = 0, noise = [0, 1, 0], steps, show = [] } = preset;
  const start = preset.start ?? quadratic(curvatures, angle).fromAxes(VALLEY.start);
  const values = {
    ground,
    curvatures,
    angle,
    noise,
    start,
    steps,
    step: steps,
    own_rule_on: false,
    show: [...new Set([...lab.show, ...show])],
    predict: "",
    playing: false,
  };
  const wanted = [...preset.rules];
  let room = LIMITS.rules;
  for (const { key, kind, place } of lab.rules) {
    if (place !== null) continue;
    room--;
    const found = wanted.findIndex((rule) => rule.kind === kind);
    values[`${key}_on`] = found >= 0;
    if (found < 0) continue;
    const { kind: _, ...settings } = wanted.splice(found, 1)[0];
    for (const [name, value] of Object.entries({ schedule: CONSTANT, ...KINDS[kind].settings, ...settings })) values[`${key}_${name}`] = value;
  }
  values.added = wanted.slice(0, room).map((rule) => ({ on: true, ...KINDS[rule.kind].settings, ...rule }));
  return values;
}

/** The finding of this id: what to watch, and the values that show it in a lab; null where there is none. */
export function findingOf(id, lab) {
  const preset = FINDINGS.find((one) => one.id === id);
  return preset ? { id, watch: preset.watch, values: presetValues(preset, lab) } : null;
}

/** The panel of findings, a button for each. */
export function createFindings({ openFinding }) {
  const buttons = FINDINGS.map(({ id, title }) => html("button", { type: "button", class: "ol-chip", onclick: () => openFinding(id) }, title));
  return {
    element: html("div", { class: "ol-chips" }, ...buttons),
    draw: ({ finding, lab, host }) =>
      buttons.forEach((button, i) => {
        button.setAttribute("aria-pressed", FINDINGS[i].id === finding);
        button.hidden = Boolean(FINDINGS[i].ground) && !host.hasGrounds && !lab.ground.kind;
      }),
  };
}
