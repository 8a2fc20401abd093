import { KINDS } from "./lab_state.js";

/** The lines of Python that give what a lab shows, to the last digit. */
export function asPython(lab) {
  const rules = lab.rules.filter(({ on, kind }) => on && KINDS[kind].python);
  const others = lab.rules.filter(({ on, kind }) => on && !KINDS[kind].python);
  const own = lab.own?.on && lab.own.job.source.trim() !== "" ? lab.own.job.source : "";
  const names = [...new Set(rules.map(({ kind }) => KINDS[kind].python))];
  const settings = (given) => Object.entries(given).map(([name, value]) => `${name}=${value}`).join(", ");
  const quoted = (text) => JSON.stringify(text);
  return [
    `from optimlib import ${["Lab", "Quadratic", ...names].sort().join(", ")}`,
    "",
    ...(lab.contours ? ["# The surface is one of the notebook's own: put it here."] : []),
    `surface = ${lab.contours ? "..." : `Quadratic(curvatures=(${lab.curvatures.join(", ")}), angle=${lab.angle})`}`,
    "rules = {",
    ...rules.map(({ label, kind, settings: given }) => `    ${quoted(label)}: ${KINDS[kind].python}(${settings(given)}),`),
    ...others.map(({ label }) => `    # ${quoted(label)} is a rule of the notebook's own.`),
    "}",
    `lab = Lab(surface, rules, start=(${lab.start.join(", ")}), steps=${lab.steps})`,
    `lab.step = ${lab.step}`,
    ...(own ? [`lab.own_rule = ${quoted(own)}`, 'for label in [*rules, "your rule"]:'] : ["for label in rules:"]),
    "    path = lab.path(label)",
    "    print(label, path.points[lab.step].tolist(), path.losses[lab.step])",
    "lab",
    "",
  ].join("\n");
}
