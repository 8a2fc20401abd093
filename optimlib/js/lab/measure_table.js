import { html, setText } from "../ui/dom.js";
import { runFactsOf } from "./run_facts.js";
import { pointText, shortText } from "./words.js";
import { bouncing, crossings, progress, stepsToReach, stepsToStay, sumOfSquares } from "../core/measures.js";

/**
 * What is measured on a run, as optimlib.measures does: across is the position in the valley's steepest direction.
 * @param {import("../core/descend.js").Run} run
 * @param {number[]} across
 */
export function measured({ points, losses, divergedAt }, across) {
  return {
    reach: stepsToReach(losses),
    stay: stepsToStay(losses),
    crossings: crossings(across),
    squares: sumOfSquares(across),
    bounce: bouncing(across),
    toGo: stillToGo(points, points.length - 1),
    divergedAt,
  };
}

/** How far away a run is at a step, as a share of the distance of its start from the lowest point. */
export function stillToGo(points, step) {
  const size = ([x1, x2]) => Math.sqrt(x1 * x1 + x2 * x2);
  return 1 - progress([size(points[0]), size(points[Math.min(step, points.length - 1)])]);
}

/** A run has come home that ends within this share of the distance at which it started. */
const HOME = 0.01;

/** What a run comes to, in words. */
export function verdict({ divergedAt, bounce, stay, reach, toGo }) {
  if (divergedAt !== null) return `diverged at step ${divergedAt}`;
  if (bounce !== null) return `still bouncing, ±${shortText(bounce)} across`;
  if (stay !== null) return "got there";
  if (reach !== null) return "got there, and left";
  return toGo <= HOME ? "came home, within 1 %" : "on its way";
}

/** What a run comes to on another ground than a valley, in words; away: how far it is at its end from the nearest minimum, far: how far it was at the start. */
export function verdictAt({ divergedAt, stay, reach }, { minimum, away }, far) {
  if (divergedAt !== null) return `diverged at step ${divergedAt}`;
  if (stay !== null) return "got there";
  if (reach !== null) return "got there, and left";
  return away <= HOME * far ? `in the minimum at ${pointText(minimum)}` : "on its way";
}

const IN_VALLEY = ["reaches 10⁻⁶", "stays below", "crossings", "Σ² across", "still to go", "in a word"];
const ON_OTHER = ["reaches 10⁻⁶", "stays below", "nearest minimum", "away", "in a word"];
const stepText = (step) => (step === null ? "no" : `step ${step}`);
const shareText = (share) => (Number.isNaN(share) ? "–" : share < 10 ? `${shortText(Number((100 * share).toPrecision(2)))} %` : "farther");

/** What the table says of a run in a valley, and on another ground, at a step. */
const valleyTexts = (measures, { points }, step) => [
  stepText(measures.reach),
  stepText(measures.stay),
  String(measures.crossings),
  shortText(measures.squares),
  shareText(stillToGo(points, step)),
  verdict(measures),
];
function otherTexts(measures, { points }, step, surface) {
  const [here, end, start] = [step, points.length - 1, 0].map((at) => surface.nearest(points[Math.min(at, points.length - 1)]));
  return [stepText(measures.reach), stepText(measures.stay), pointText(here.minimum), shortText(here.away), verdictAt(measures, end, start.away)];
}

const UNTIL = "when the loss reaches a millionth of its start, and from when it stays there";
const valleyCaption = (steps, step) =>
  `Over ${steps} steps: ${UNTIL}; how often the path crosses the floor of the valley, and the sum of the squares of its position across. Still to go: the distance from the lowest point at step ${step}, as a share of that of the start.`;
const otherCaption = (steps, step) => `Over ${steps} steps: ${UNTIL}. At step ${step}: which minimum is nearest, and how far it is away.`;

/** The table of measures, a row for each rule that is shown. */
export function createMeasureTable() {
  const body = html("tbody");
  const caption = html("caption");
  const heads = html("tr");
  const table = html("table", { class: "ol-measures" }, caption, html("thead", {}, heads), body);
  let columns = null; // those that it has
  const known = new WeakMap(); // run -> {surface, measures}: what is measured on it in a valley
  const measuresOf = (line, surface) => {
    const { run } = line;
    if (!known.has(run) || known.get(run).surface !== surface) known.set(run, { surface, measures: measured(run, runFactsOf(line, surface).across) });
    return known.get(run).measures;
  };
  let rows = [];
  return {
    element: table,
    draw({ steps, shown, step, surface }) {
      const isValley = !surface.minima;
      setText(caption, (isValley ? valleyCaption : otherCaption)(steps, step));
      const wanted = isValley ? IN_VALLEY : ON_OTHER;
      if (columns !== wanted) {
        columns = wanted;
        heads.replaceChildren(...["rule", ...columns].map((name) => html("th", { scope: "col" }, name)));
        rows = [];
      }
      while (rows.length < shown.length) {
        const cells = columns.map((name) => html("td", { "data-name": name }));
        const name = html("th", { scope: "row" });
        rows.push({ name, cells, element: html("tr", {}, name, ...cells) });
      }
      rows = rows.slice(0, shown.length);
      if (body.children.length !== rows.length || body.firstChild !== (rows[0]?.element ?? null)) body.replaceChildren(...rows.map(({ element }) => element));
      shown.forEach((line, i) => {
        const measures = measuresOf(line, surface);
        const texts = (isValley ? valleyTexts : otherTexts)(measures, line.run, step, surface);
        if (rows[i].name.className !== line.look) rows[i].name.className = line.look;
        setText(rows[i].name, line.rule.label);
        texts.forEach((text, j) => setText(rows[i].cells[j], text));
      });
    },
  };
}
