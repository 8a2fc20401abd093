import { descend } from "../core/descend.js";
import { drawsOf, noiseOf } from "../core/noise.js";
import { RULES } from "../core/rules.js";
import { isConstant, ratesOf } from "../core/schedules.js";
import { surfaceOf } from "../core/surface.js";
import { SPREADS } from "../core/theory.js";
import { html, setText, svg } from "../ui/dom.js";
import { tenth, tenthText, trace } from "../valley/frame.js";
import { remembered } from "./remembered.js";
import { pointText, shortText } from "./words.js";

// The same run under other noise: twelve seeds at once, as faint paths, and how spread they are.

export const SEEDS = 12;

/** So many steps are taken of each, and longer paths than that are left out of the picture: they would hide each other. */
const [MOST_STEPS, MOST_DRAWN] = [1000, 300];

/** The lab's own seed, and those after it. @param {number[]} noise */
export const seedsFrom = ([sd, batch, seed]) => Array.from({ length: SEEDS }, (_, i) => [sd, batch, (seed + i) % 4294967296]);

/** What gives the points of each seed's run. The rules meet the same draws. */
function createRuns() {
  const drawsFor = remembered((noise, count) => seedsFrom(noise).map((one) => drawsOf(noiseOf(one), count, 2)));
  return (kind, settings, schedule, ground, curvatures, angle, start, steps, noise) => {
    const [surface, rates] = [surfaceOf({ ground, curvatures, angle }), ratesOf(schedule, settings.lr, steps)];
    return drawsFor(noise, steps + 1).map((draws) => descend(surface, RULES[kind], settings, start, steps, { rates, draws }).points);
  };
}

/**
 * How far runs are from the lowest point over the last half of their steps, along each direction of the valley: the root of the mean square.
 * @param {number[][][]} runs the points of each
 * @param {any} surface a valley
 */
export function spreadOf(runs, surface) {
  const sums = [0, 0];
  let count = 0;
  for (const points of runs) {
    for (const point of points.slice(Math.ceil(points.length / 2))) {
      surface.axes(point).forEach((u, i) => (sums[i] += u * u));
      count++;
    }
  }
  return sums.map((sum) => Math.sqrt(sum / count));
}

/**
 * What the formula gives for it, or null where there is none for this rule, none in a turned valley, none on another ground, or none while
 * its rate changes.
 * @param {import("./state.js").LabRule} rule
 * @param {import("./state.js").LabState} lab
 */
export function formulaFor({ kind, settings, schedule }, { ground, curvatures, angle, noise: [sd, batch] }) {
  const spread = SPREADS[kind];
  if (ground?.kind || !spread || !isConstant(schedule) || (spread.straight && angle % 90 !== 0)) return null;
  return curvatures.map((curvature) => spread.of(settings, curvature, sd / Math.sqrt(batch)));
}

/** A row of words: the spread along the valley and across it, and the formula's. */
function spreadWords({ label, schedule }, spread, formula, steepest) {
  const expected = (i) => (Number.isNaN(formula[i]) ? "none at so large a rate" : formula[i] === Infinity ? "it never settles" : shortText(formula[i]));
  const said = (name, i) => `${name} ${shortText(spread[i])}${formula ? ` (formula: ${expected(i)})` : ""}`;
  return `${label}: ${said("along", 1 - steepest)}, ${said("across", steepest)}${isConstant(schedule) ? "" : " (its rate changes: no formula)"}.`;
}

/**
 * Where runs end on another ground, in words: how many nearest to each minimum, and how far from it they are over the last half of their
 * steps (the root of the mean square).
 */
export function endWords(label, runs, surface) {
  const found = surface.minima.map((minimum) => ({ minimum, ends: 0, sum: 0, count: 0 }));
  const of = (point) => found.find(({ minimum }) => minimum === surface.nearest(point).minimum);
  const near = runs.filter((points) => points.at(-1).every(Number.isFinite));
  for (const points of near) {
    of(points.at(-1)).ends++;
    for (const point of points.slice(Math.ceil(points.length / 2))) {
      const { minimum, away } = surface.nearest(point);
      const one = found.find((other) => other.minimum === minimum);
      one.sum += away * away;
      one.count++;
    }
  }
  const reached = found.filter(({ ends }) => ends > 0);
  const said = reached.map(({ minimum, ends, sum, count }) => `${ends} nearest to ${pointText(minimum)}, ${shortText(Math.sqrt(sum / count))} away`);
  const lost = runs.length - near.length;
  return `${label}: ${[...said, ...(lost > 0 ? [`${lost} lost`] : [])].join("; ")}.`;
}

/** The part that draws them. seen(): what the valley shows; seedsPlace(): where they are told while the valley's panel is open. @returns {import("./part_boxes.js").Part} */
export function createSeeds({ seen, seedsPlace }) {
  const runsOf = createRuns();
  const views = new Map(); // key of a rule -> its view
  const layers = Array.from({ length: 3 }, () => svg("g", { "aria-hidden": "true" })); // paths below, then what lifts the ellipses off them, then the ellipses
  const words = html("p", { class: "ol-note ol-seeds-words" });
  const element = html("div", {}, words);
  function viewOf({ rule: { key }, look }) {
    if (!views.has(key)) {
      const [paths, ends] = [svg("path", { class: "ol-seed-paths" }), svg("path", { class: "ol-seed-ends" })];
      const [halo, spread] = [svg("ellipse", { class: "ol-seed-halo" }), svg("ellipse", { class: "ol-seed-spread" })];
      const elements = [svg("g", { class: look }, paths, ends), halo, svg("g", { class: look }, spread)];
      elements.forEach((element, i) => layers[i].append(element));
      views.set(key, { runs: remembered(runsOf), elements, paths, ends, halo, spread });
    }
    return views.get(key);
  }
  return {
    element,
    draw({ lab, shown, surface, open }) {
      const place = (open.includes("valley") && seedsPlace()) || element;
      if (words.parentElement !== place) place.append(words);
      const { projection, seeds: layer } = seen();
      if (!projection) return;
      if (layers[0].parentElement !== layer) layer.append(...layers);
      const drawn = lab.noise[0] > 0 && surface ? shown.filter(({ rule }) => !rule.replay) : [];
      for (const [key, { elements }] of views) {
        if (drawn.some(({ rule }) => rule.key === key)) continue;
        for (const element of elements) element.remove();
        views.delete(key);
      }
      const steps = Math.min(lab.steps, MOST_STEPS);
      const steepest = lab.curvatures?.[0] > lab.curvatures?.[1] ? 0 : 1;
      const said = drawn.map((line, i) => {
        const view = viewOf(line);
        const { kind, settings, schedule, label } = line.rule;
        const runs = view.runs(kind, settings, schedule, lab.ground, lab.curvatures, lab.angle, lab.start, steps, lab.noise);
        const formula = formulaFor(line.rule, lab);
        drawRuns(view, runs, steps <= MOST_DRAWN, projection);
        drawSpread(view, formula, lab.angle, projection);
        view.spread.style.strokeDasharray = `${DASH} ${DASH * Math.max(drawn.length - 1, 1)}`; // where ellipses lie on each other, each has its dashes
        view.spread.style.strokeDashoffset = String(-i * DASH);
        if (lab.ground.kind) return endWords(label, runs, surface);
        return spreadWords(line.rule, spreadOf(runs, surface), formula, steepest);
      });
      setText(
        words,
        drawn.length > 0
          ? `${lab.ground.kind ? ON_OTHER_GROUND : INTRODUCTION} ${said.join(" ")}`
          : lab.noise[0] > 0
            ? ""
            : "Without noise all seeds give one path.",
      );
    },
  };
}

/** The length of an ellipse's dash, in pixels. */
const DASH = 5;

const ON_OTHER_GROUND = `${SEEDS} seeds: faint paths, and a dot at the end of each. How many end nearest to which minimum, and how far from it they are over the last half of the steps (the root of the mean square):`;
const INTRODUCTION = `${SEEDS} seeds: faint paths, a dot at the end of each, and, where there is a formula for both directions, a dashed ellipse for 86 % of the ends. How far they are from the lowest point over the last half of the steps (the root of the mean square), which the formula knows once they have arrived:`;

/** The paths, where there is room for them, and a dot at the end of each. */
function drawRuns({ paths, ends }, runs, hasPaths, { toX, toY, large }) {
  const traces = runs.map((points) => trace(points, toX, toY));
  const line = (points) => points.map(([x, y], i) => `${i ? "L" : "M"}${tenthText(x)},${tenthText(y)}`).join("");
  paths.setAttribute("d", hasPaths ? traces.map(line).join("") : "");
  const radius = 2.5 * large;
  const dot = ([x, y]) => `M${tenth(x - radius)},${tenth(y)}a${radius},${radius} 0 1,0 ${2 * radius},0a${radius},${radius} 0 1,0 ${-2 * radius},0z`;
  const last = runs.map((points) => points.at(-1)).filter((point) => point.every(Number.isFinite));
  ends.setAttribute("d", last.map(([x, y]) => dot([toX(x), toY(y)])).join(""));
}

/** The ellipse of two spreads about the lowest point: 86 % of a bell in two dimensions lie in it. */
function drawSpread({ halo, spread }, formula, angle, { toX, toY, scale, size }) {
  const isSeen = formula?.every((one) => Number.isFinite(one) && one * scale < 4 * size.width);
  for (const ellipse of [halo, spread]) {
    ellipse.style.display = isSeen ? "" : "none";
    if (!isSeen) continue;
    ellipse.setAttribute("rx", tenth(2 * formula[0] * scale));
    ellipse.setAttribute("ry", tenth(2 * formula[1] * scale));
    ellipse.setAttribute("transform", `translate(${tenth(toX(0))},${tenth(toY(0))})rotate(${-angle})`);
  }
}
