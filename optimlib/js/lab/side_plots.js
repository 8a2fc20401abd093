import { html, numberText, powerText, setText, tenTo } from "../ui/dom.js";
import { keepOnSwipe } from "../ui/sliders.js";
import { limited, ticks } from "../valley/frame.js";
import { runFactsOf } from "./run_facts.js";
import { shortText } from "./words.js";

/**
 * A plot: its name, whether its scale is logarithmic or else begins at 0, the lines that a line of the lab has on it, and a note on what that is.
 * @typedef {{name: string, logarithmic: boolean, fromZero?: boolean, linesOf: (line: import("./scene.js").Line, surface: any) => number[][], note?: string}} Plot
 */

/** @type {Plot[]} */
const PLOTS = [
  { name: "loss", logarithmic: true, linesOf: ({ run }) => [run.losses] },
  { name: "position across the valley", logarithmic: false, linesOf: (line, surface) => (surface?.minima ? [] : [runFactsOf(line, surface).across]) },
  {
    name: "x₁ (thick) and x₂ (thin)",
    logarithmic: false,
    linesOf: ({ run }, surface) => (surface?.minima ? [0, 1].map((i) => run.points.map((point) => point[i])) : []),
  },
  {
    name: "effective rate of x₁ (thick) and x₂ (thin)",
    logarithmic: true,
    linesOf: (line, surface) => runFactsOf(line, surface).rates,
    note: "Effective rate: what the next step multiplies the gradient by, the learning rate over the brake. It is shown of rules that have a brake; without one it is the learning rate.",
  },
];

/** The room at the right of the lines, and the height that they have, in pixels; with large letters it is as many letters. */
const RIGHT = 10;
const [TALL, TALL_IN_LETTERS] = [90, 4.5];

/** A logarithmic scale shows at most so many powers of ten below its highest value, and so many above the first. */
const [MOST_DOWN, MOST_UP] = [26, 3];

// The lines are drawn again at each pixel of a drag. What goes over all of their values is a plain loop: it allocates nothing for each.

/** The values as powers of ten. */
function powersOf(line) {
  const powers = new Array(line.length).fill(0);
  for (let i = 0; i < line.length; i++) powers[i] = Math.log10(line[i]);
  return powers;
}

/** The lowest and the highest of the values that are finite: Infinity and -Infinity where none is. */
function extremes(line) {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < line.length; i++) {
    const value = line[i];
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}

/** The limits of a scale for these lines, which are in powers of ten where it is logarithmic. One from 0 shows all of them, which are finite and not below it. */
export function limitsOf(lines, logarithmic, fromZero = false) {
  if (fromZero) return [0, lines.flat().reduce((most, value) => Math.max(most, value), 0) || 1];
  let [low, high] = [Infinity, -Infinity];
  for (const line of lines) {
    const first = line.find((value) => Number.isFinite(value) && (logarithmic || value !== 0)) ?? 1;
    const [least, most] = logarithmic ? [-Infinity, first + MOST_UP] : [-2 * Math.abs(first), 2 * Math.abs(first)];
    const found = extremes(line);
    if (found.low > found.high) continue;
    low = Math.min(low, limited(found.low, least, most));
    high = Math.max(high, limited(found.high, least, most));
  }
  if (low > high) return [-1, 1];
  const most = Math.max(-low, high) || 1;
  if (!logarithmic) return [-most, most];
  return [Math.floor(Math.max(low, high - MOST_DOWN)), Math.max(Math.ceil(high), Math.floor(low) + 1)];
}

/**
 * How plots are laid out: the width and the height of one, and the room for its numbers, at the left, the top and the bottom, in pixels.
 * @typedef {{width: number, height: number, left: number, top: number, bottom: number}} Layout
 */

/** A canvas's pen, for a size in pixels of CSS, with nothing on it. */
function clearPen(canvas, { width, height }, style) {
  const ratio = window.devicePixelRatio || 1;
  const size = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== size[0] || canvas.height !== size[1]) {
    [canvas.width, canvas.height] = size;
    Object.assign(canvas.style, { width: `${width}px`, height: `${height}px` });
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.font = `${style.fontSize} system-ui, sans-serif`;
  pen.fillStyle = style.getPropertyValue("--ol-soft");
  pen.strokeStyle = style.getPropertyValue("--ol-line");
  return pen;
}

/** A power of ten on a scale: as a number where that is short. */
const scaleText = (power) => (Math.abs(power) < 3 ? String(tenTo(power)) : powerText(power));

/** The numbers of a scale, each with a line across. yOf(value): its height in pixels. */
function drawScale(pen, [low, high], logarithmic, { width, left }, yOf) {
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  for (const tick of ticks(low, high, 3)) {
    if (logarithmic && !Number.isInteger(tick)) continue;
    pen.fillText(logarithmic ? scaleText(tick) : numberText(tick), left - 5, yOf(tick));
    pen.beginPath();
    pen.moveTo(left, yOf(tick));
    pen.lineTo(width - RIGHT, yOf(tick));
    pen.stroke();
  }
}

/** The axis of the steps, below the lines: its name stands at the left, where it takes no number's place. */
function drawSteps(pen, steps, { width, height, left, bottom }, toX) {
  const base = height - 2;
  pen.textBaseline = "bottom";
  pen.textAlign = "right";
  pen.fillText("step", left - 0.55 * bottom, base);
  for (const step of ticks(0, steps, Math.min(steps, width / Math.max(60, 1.8 * bottom))).filter(Number.isInteger)) {
    const [x, half] = [left + step * toX, pen.measureText(step).width / 2];
    pen.textAlign = "left";
    pen.fillText(step, limited(x - half, left - half, width - 2 * half), base);
  }
}

/** A line over the steps: values that are not finite are passed over. */
function drawLine(pen, line, { left, height }, toX, yOf) {
  pen.beginPath();
  for (let step = 0; step < line.length; step++) {
    if (Number.isFinite(line[step])) pen.lineTo(left + step * toX, limited(yOf(line[step]), -height, 2 * height));
  }
  pen.stroke();
}

/** Draw runs, each {look, dash, lines}, on a canvas. style: the computed style that has the colours. */
function drawPlot(canvas, { logarithmic, fromZero = false }, drawn, steps, layout, style) {
  const { width, height, left, top, bottom } = layout;
  const pen = clearPen(canvas, layout, style);
  pen.save();
  const scaled = (line) => (logarithmic ? powersOf(line) : line);
  const runs = drawn.map(({ look, dash, lines }) => ({ look, dash, lines: lines.map(scaled) }));
  const [low, high] = limitsOf(
    runs.flatMap(({ lines }) => lines),
    logarithmic,
    fromZero,
  );
  const toX = (width - left - RIGHT) / steps;
  const toY = (height - top - bottom) / (high - low);
  const yOf = (value) => height - bottom - (value - low) * toY;
  drawScale(pen, [low, high], logarithmic, layout, yOf);
  drawSteps(pen, steps, layout, toX);
  pen.beginPath();
  pen.rect(left, 0, width - left - RIGHT, height - bottom + top);
  pen.clip();
  for (const { look, dash, lines } of runs) {
    pen.strokeStyle = style.getPropertyValue(look.replace("ol-", "--ol-rule-"));
    pen.setLineDash(dash === "none" ? [] : dash.split(" ").map(Number));
    lines.forEach((line, i) => {
      pen.lineWidth = (i === 0 ? 1.8 : 1) * (layout.bottom / 19); // thicker with larger letters
      drawLine(pen, line, layout, toX, yOf);
    });
  }
  pen.restore(); // the clip, the dash and the rest
}

/** One plot. stepAt(x): the step at so many pixels from its left; shownStep(): the one that is shown. @param {Plot} plot */
function createPlot({ name, ...scale }, { stepAt, shownStep, onPeek, onStep }) {
  const canvas = html("canvas", { role: "img", "aria-label": `${name} over the steps` });
  const marker = html("i", { class: "ol-now" });
  const element = html("div", {}, html("p", {}, name), html("div", { class: "ol-plot-box" }, canvas, marker));
  let drawn = []; // the runs on it, each with its lines
  let pressed = false;
  const follow = (event) => (pressed ? onStep : onPeek)(stepAt(event.clientX - canvas.getBoundingClientRect().left));
  canvas.addEventListener("pointerdown", (event) => {
    pressed = true;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => (pressed || event.pointerType === "mouse") && follow(event));
  keepOnSwipe(canvas, shownStep, onStep);
  canvas.addEventListener("pointerup", (event) => {
    if (pressed) follow(event);
    pressed = false;
  });
  canvas.addEventListener("pointercancel", () => (pressed = false));
  canvas.addEventListener("pointerleave", () => onPeek(null));
  return {
    element,
    drawRuns(runs, steps, layout, style) {
      drawn = runs;
      drawPlot(canvas, scale, drawn, steps, layout, style);
    },
    /** Mark a step, so many pixels from the left. While it plays the values there are not told: nobody could hear so many. */
    mark({ step, playing }, x) {
      marker.style.transform = `translateX(${x.toFixed(1)}px)`;
      if (playing) return;
      const values = drawn.map(({ label, lines }) => `${label} ${lines.map((line) => shortText(line[Math.min(step, line.length - 1)] ?? NaN)).join(", ")}`);
      canvas.setAttribute("aria-label", `${name} over the steps; at step ${step}: ${values.join("; ")}`);
    },
  };
}

/** What a plot draws of these lines of the lab: those that have a line on it. @param {Plot} plot @param {import("./scene.js").Line[]} seen */
const drawnOn = ({ linesOf }, seen, surface) =>
  seen.map((line) => ({ label: line.rule.label, look: line.look, dash: line.dash, lines: linesOf(line, surface) })).filter(({ lines }) => lines.length > 0);

/** The learning rate of each step of a line of the lab, none where only Python knows it. @param {import("./scene.js").Line} line @returns {number[]} */
export const learningRates = ({ rule: { replay, settings }, run }) => (replay ? [] : (run.rates ?? run.points.slice(1).map(() => settings.lr)));

/** Small plots that go with the valley, at the same step. */
export const createSidePlots = (actions) => createPlots(PLOTS, actions);

/**
 * Plots that go with the valley. peek(step or null) as the pointer moves over them, goTo(step) where it is pressed.
 * @param {Plot[]} given
 */
export function createPlots(given, { peek, goTo }) {
  let shown = null; // the scene that is drawn
  let layout = { width: 0, height: TALL, left: 40, top: 6, bottom: 20 };
  let drawn = { losses: [], surface: null, given: "", looks: "" }; // what stands on the canvases
  const room = () => layout.width - layout.left - RIGHT;
  const stepAt = (x) => limited(Math.round(((x - layout.left) / room()) * shown.steps), 0, shown.steps);
  const plots = given.map((plot) => ({ ...plot, ...createPlot(plot, { stepAt, shownStep: () => shown.step, onPeek: peek, onStep: goTo }) }));
  const row = html("div", { class: "ol-plots" }, ...plots.map((plot) => plot.element));
  const note = html("p", { class: "ol-note" });
  let here = plots; // those that have a line

  /** Side by side where there is room. */
  function layOut(whole) {
    const isRow = whole >= 520;
    row.classList.toggle("ol-stacked", !isRow);
    const style = getComputedStyle(row);
    const size = parseFloat(style.fontSize);
    const [left, top, bottom] = [3.6, 0.55, 1.7].map((share) => Math.ceil(share * size));
    layout = {
      width: isRow ? Math.floor((whole - 12 * (here.length - 1)) / here.length) : whole,
      height: Math.max(TALL, TALL_IN_LETTERS * size) + top + bottom,
      left,
      top,
      bottom,
    };
    return style;
  }
  function drawRuns({ steps, lines, surface }) {
    const seen = lines.filter(({ on }) => on);
    const runs = new Map(plots.map((plot) => [plot, drawnOn(plot, seen, surface)]));
    here = plots.filter((plot, i) => i === 0 || runs.get(plot).length > 0);
    for (const plot of plots) plot.element.hidden = !here.includes(plot);
    setText(note, here.map((plot) => plot.note ?? "").join(""));
    const style = layOut(row.clientWidth);
    if (layout.width < 60) return;
    for (const plot of here) plot.drawRuns(runs.get(plot), steps, layout, style);
  }
  /** Whether what stands on the canvases is of other runs, or for another look. While a lab plays the page is not asked for that each time: it costs most. */
  function isOther({ steps, lines, surface, playing, width, theme }) {
    const losses = lines.filter(({ on }) => on).map(({ run }) => run.losses);
    const given = [steps, width, theme].join();
    const isSame = surface === drawn.surface && losses.length === drawn.losses.length && losses.every((one, i) => one === drawn.losses[i]);
    if (isSame && playing && given === drawn.given) return false;
    const style = getComputedStyle(row);
    const looks = [row.clientWidth, style.fontSize, steps, style.getPropertyValue("--ol-paper")].join();
    const isOtherLook = looks !== drawn.looks;
    drawn = { losses, surface, given, looks };
    return !isSame || isOtherLook;
  }
  return {
    element: html("div", {}, row, note),
    draw(scene) {
      shown = scene;
      if (isOther(scene)) drawRuns(scene);
      if (layout.width < 60) return;
      for (const plot of here) plot.mark(scene, layout.left + (scene.step / scene.steps) * room());
    },
  };
}
