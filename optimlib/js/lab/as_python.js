import { KINDS } from "../core/catalogue.js";
import { CLASSES, SCHEDULE_FACTS } from "../core/catalogue_more.js";
import { CONSTANT, isConstant } from "../core/schedules.js";
import { GROUNDS } from "../core/surface.js";

const inPython = (value) => (Array.isArray(value) ? `(${value.join(", ")})` : typeof value === "boolean" ? (value ? "True" : "False") : String(value));

/** A surface of a lab: the name of its class, and what makes it. */
function surfaceIn({ contours, ground: { kind, ...settings }, curvatures, angle }, inCall) {
  if (contours) return { name: "Quadratic", made: "..." };
  const name = kind ? GROUNDS[kind].class : "Quadratic";
  return { name, made: `${name}(${inCall(kind ? settings : { curvatures, angle })})` };
}

/** A learning rate, or the schedule that it has. */
function rateInPython(lr, [kind, value]) {
  const { class: name, setting } = SCHEDULE_FACTS[kind];
  return name ? `${name}(lr=${lr}, ${setting}=${value})` : inPython(lr);
}

/** The lines of Python that give what a lab shows, to the last digit. asking: whether it asks for a guess. */
export function asPython(lab, asking = false) {
  const shown = lab.rules.filter(({ on }) => on);
  const rules = shown.filter(({ kind }) => CLASSES[kind]);
  const others = shown.filter(({ kind }) => !CLASSES[kind]);
  const own = lab.own?.on && lab.own.replay.points.length > 0 ? lab.own.job.source : "";
  // A Lab needs a rule: where none is shown, one that is switched off.
  const hidden = shown.length === 0;
  if (hidden) rules.push({ label: KINDS.gradient_descent.label, kind: "gradient_descent", settings: KINDS.gradient_descent.settings, schedule: CONSTANT });
  const changing = rules.filter(({ schedule }) => !isConstant(schedule));
  const names = [...new Set([...rules.map(({ kind }) => CLASSES[kind]), ...changing.map(({ schedule: [kind] }) => SCHEDULE_FACTS[kind].class)])];
  const settings = (given, schedule) =>
    Object.entries(given)
      .map(([name, value]) => `${name}=${name === "lr" ? rateInPython(value, schedule) : inPython(value)}`)
      .join(", ");
  const [sd, batch, seed] = lab.noise;
  const surface = surfaceIn(lab, settings);
  const quoted = (text) => JSON.stringify(text);
  const labels = [...(hidden ? [] : ["*rules"]), ...(own ? ['"your rule"'] : [])];
  return [
    `from optimlib import ${["Lab", surface.name, ...(sd > 0 ? ["Noise"] : []), ...names].sort().join(", ")}`,
    "",
    ...(lab.contours ? ["# The surface is one of the notebook's own: put it here."] : []),
    `surface = ${surface.made}`,
    "rules = {",
    ...rules.map(({ label, kind, settings: given, schedule }) => `    ${quoted(label)}: ${CLASSES[kind]}(${settings(given, schedule)}),`),
    ...others.map(({ label }) => `    ${rules.length > 0 ? "# " : ""}${quoted(label)}: ...,  # one of the notebook's own: put it here`),
    "}",
    `lab = Lab(surface, rules, start=(${lab.start.join(", ")}), steps=${lab.steps}${sd > 0 ? `, noise=Noise(sd=${sd}, batch=${batch}, seed=${seed})` : ""}${asking ? `, predict=${quoted(lab.predict)}` : ""})`,
    `lab.step = ${lab.step}`,
    ...(hidden ? ["lab.gradient_descent_on = False"] : []),
    ...(own ? [`lab.own_rule = ${quoted(own)}`] : []),
    ...(labels.length > 0
      ? [`for label in [${labels.join(", ")}]:`, "    path = lab.path(label)", "    print(label, path.points[lab.step].tolist(), path.losses[lab.step])"]
      : []),
    "lab",
    "",
  ].join("\n");
}
