import assert from "node:assert/strict";
import { test } from "node:test";

import { KINDS } from "../../../optimlib/js/core/catalogue.js";
import { descend } from "../../../optimlib/js/core/descend.js";
import { RULES } from "../../../optimlib/js/core/rules.js";
import { ratesOf } from "../../../optimlib/js/core/schedules.js";
import { quadratic } from "../../../optimlib/js/core/surface.js";
import { sumsText } from "../../../optimlib/js/lab/sums.js";

const VALLEY = quadratic([0.2, 4]);
const runOf = (kind, settings, more = {}) => descend(VALLEY, RULES[kind], settings, [-5, -2], 6, more);

/** What a sum comes to, read as it is printed. */
const reckoned = (sum) => {
  const root = sum
    .replaceAll("−", "-")
    .replace(
      /·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g,
      (_, power) =>
        `e${[...power]
          .map((sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(sign))
          .join("")
          .replace("-1", "-")}`,
    )
    .replaceAll("·", "*")
    .replace(/\(noise\)/, "");
  const python = root
    .replaceAll("²", "**2")
    .replace(/√\(/g, "Math.sqrt(")
    .replace(/√([\d.e-]+)/g, "Math.sqrt($1)");
  return Function(`return ${python.replace(/(-?[\d.e-]+)\*\*2/g, "($1)**2")}`)();
};

for (const [kind, known] of Object.entries(RULES).map(([one]) => [one, KINDS[one].settings])) {
  for (const settings of [known, ...(kind === "adam" ? [{ ...known, correct_bias: false }] : [])]) {
    for (const noise of [null, { sd: 0.5, batch: 1, seed: 2 }]) {
      test(`each line of ${kind} is right as it is printed ${JSON.stringify([settings, noise])}`, () => {
        const run = runOf(kind, settings, { noise });
        for (const at of [0, 1, 5]) {
          const lines = sumsText(kind, run, settings, at).split("\n");
          for (const line of lines) {
            const parts = line.replace(/^x.: +/, "").split(" = ");
            if (parts.length < 3) continue;
            const [sum, value] = line.includes("(noise)") ? [parts[2], parts[1]] : parts.slice(-2);
            const [ours, printed] = [reckoned(sum), reckoned(value)];
            assert.ok(Math.abs(ours - printed) <= 2e-3 * Math.max(1, Math.abs(printed)), `${line}: ${ours} ${printed}`);
          }
          const last = lines.filter((line) => line.includes("x ← x"));
          last.forEach((line, i) =>
            assert.ok(Math.abs(reckoned(line.split(" = ").at(-1)) - run.points[at + 1][i]) < 1e-3 * Math.max(1, Math.abs(run.points[at + 1][i]))),
          );
        }
      });
    }
  }
}

test("the rate of the step is put in where it changes", () => {
  const run = runOf("rmsprop", { lr: 0.4, rho: 0.9, eps: 0 }, { rates: ratesOf(["exponential", 0.5], 0.4, 6) });
  const lines = sumsText("rmsprop", run, { lr: 0.4, rho: 0.9, eps: 0 }, 2).split("\n");
  assert.equal(lines[0], "η = 0.1, the rate of this step");
  const last = lines.filter((line) => line.includes("x ← x"));
  assert.ok(last.every((line) => line.includes("− 0.1·")));
  last.forEach((line, i) => assert.ok(Math.abs(reckoned(line.split(" = ")[1]) - run.points[3][i]) < 1e-3));
});

test("a step of momentum, line by line", () => {
  const run = runOf("momentum", { lr: 0.6, beta: 0.5 });
  assert.equal(
    sumsText("momentum", run, { lr: 0.6, beta: 0.5 }, 1),
    [
      "x₁:  g = −0.88",
      "x₁:  v ← β·v + g = 0.5·(−1) + (−0.88) = −1.38",
      "x₁:  x ← x − η·v = −4.4 − 0.6·(−1.38) = −3.572",
      "x₂:  g = 11.2",
      "x₂:  v ← β·v + g = 0.5·(−8) + 11.2 = 7.2",
      "x₂:  x ← x − η·v = 2.8 − 0.6·7.2 = −1.52",
    ].join("\n"),
  );
});
