import { html, numberText, tenTo } from "../ui/dom.js";
import { keepOnSwipe } from "../ui/sliders.js";
import { limited, ticks } from "../valley/frame.js";
import { runFactsOf } from "./run_facts.js";

/**
 * One run as the plots draw it: across is the position in the steepest direction, rates[k] what the step from point k
 * multiplies the gradient by, in each coordinate.
 * @typedef {{label: string, look: string, dash: string, losses: number[], across: number[], rates: number[][]}} PlottedRun
 */

/** The plots: a name, whether the scale is logarithmic, and the lines of a run. */
const PLOTS = [
  { name: "loss", logarithmic: true, linesOf: ({ losses }) => [losses] },
  { name: "position across the valley", logarithmic: false, linesOf: ({ across }) => [across] },
  { name: "effective rates (x₂ thin)", logarithmic: true, linesOf: ({ rates }) => [0, 1].map((i) => rates.map((pair) => pair[i])) },
];

/** The room at the right of the lines, and the height of a plot, in pixels. */
const RIGHT = 8;
const HEIGHT = 110;

/** A logarithmic scale shows at most so many powers of ten below its highest value, and so many above the first. */
const [MOST_DOWN, MOST_UP] = [26, 3];

/** The limits of a scale for these lines, which are in powers of ten where it is logarithmic. */
export function limitsOf(lines, logarithmic) {
  let [low, high] = [Infinity, -Infinity];
  for (const line of lines) {
    const first = line.find((value) => Number.isFinite(value) && (logarithmic || value !== 0)) ?? 1;
    const [least, most] = logarithmic ? [-Infinity, first + MOST_UP] : [-2 * Math.abs(first), 2 * Math.abs(first)];
    for (const given of line) {
      if (!Number.isFinite(given)) continue;
      const value = limited(given, least, most);
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  if (low > high) return [-1, 1];
  const most = Math.max(-low, high) || 1;
  if (!logarithmic) return [-most, most];
  return [Math.floor(Math.max(low, high - MOST_DOWN)), Math.max(Math.ceil(high), Math.floor(low) + 1)];
}

/**
 * How plots are laid out: the width of one, and the room for its numbers, at the left, and at the top and the bottom, in pixels.
 * @typedef {{width: number, left: number, edge: number}} Layout
 */

/** A canvas's pen, for a size in pixels of CSS, with nothing on it. */
function clearPen(canvas, width) {
  const ratio = window.devicePixelRatio || 1;
  const size = [Math.round(width * ratio), Math.round(HEIGHT * ratio)];
  if (canvas.width !== size[0] || canvas.height !== size[1]) {
    [canvas.width, canvas.height] = size;
    canvas.style.width = `${width}px`;
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, HEIGHT);
  return pen;
}

/** The numbers of a scale, each with a line across. yOf(value): its height in pixels. */
function drawScale(pen, [low, high], logarithmic, { width, left }, yOf, style) {
  pen.font = `${style.fontSize} system-ui, sans-serif`;
  pen.textAlign = "right";
  pen.textBaseline = "middle";
  pen.fillStyle = style.getPropertyValue("--ol-soft");
  pen.strokeStyle = style.getPropertyValue("--ol-line");
  for (const tick of ticks(low, high, 3)) {
    if (logarithmic && !Number.isInteger(tick)) continue;
    pen.fillText(logarithmic ? numberText(tenTo(tick)).replace("1.0e", "1e") : numberText(tick), left - 5, yOf(tick));
    pen.beginPath();
    pen.moveTo(left, yOf(tick));
    pen.lineTo(width - RIGHT, yOf(tick));
    pen.stroke();
  }
}

/** A line over the steps: values that are not finite are passed over. */
function drawLine(pen, line, left, toX, yOf) {
  pen.beginPath();
  line.forEach((value, step) => {
    if (Number.isFinite(value)) pen.lineTo(left + step * toX, limited(yOf(value), -HEIGHT, 2 * HEIGHT));
  });
  pen.stroke();
}

/** Draw runs, each {look, dash, lines}, on a canvas. style: the computed style that has the colours. */
function drawPlot(canvas, logarithmic, drawn, steps, layout, style) {
  const { width, left, edge } = layout;
  const pen = clearPen(canvas, width);
  pen.save();
  const scaled = (line) => (logarithmic ? line.map(Math.log10) : line);
  const runs = drawn.map(({ look, dash, lines }) => ({ look, dash, lines: lines.map(scaled) }));
  const [low, high] = limitsOf(
    runs.flatMap(({ lines }) => lines),
    logarithmic,
  );
  const toX = (width - left - RIGHT) / steps;
  const toY = (HEIGHT - 2 * edge) / (high - low);
  const yOf = (value) => HEIGHT - edge - (value - low) * toY;
  drawScale(pen, [low, high], logarithmic, layout, yOf, style);
  pen.beginPath();
  pen.rect(left, 0, width - left - RIGHT, HEIGHT);
  pen.clip();
  for (const { look, dash, lines } of runs) {
    pen.strokeStyle = style.getPropertyValue(look.replace("ol-", "--ol-rule-"));
    pen.setLineDash(dash === "none" ? [] : dash.split(" ").map(Number));
    lines.forEach((line, i) => {
      pen.lineWidth = i === 0 ? 1.8 : 1;
      drawLine(pen, line, left, toX, yOf);
    });
  }
  pen.restore(); // the clip, the dash and the rest
}

/** One plot. stepAt(x): the step at so many pixels from its left; shownStep(): the one that is shown. */
function createPlot({ name, logarithmic, linesOf }, { stepAt, shownStep, onPeek, onStep }) {
  const canvas = html("canvas", { role: "img", "aria-label": `${name} over the steps` });
  const marker = html("i", { class: "ol-now" });
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
    element: html("div", {}, html("p", {}, name), html("div", { class: "ol-plot-box" }, canvas, marker)),
    drawRuns(runs, steps, layout, style) {
      drawn = runs.map((run) => ({ ...run, lines: linesOf(run) }));
      drawPlot(canvas, logarithmic, drawn, steps, layout, style);
    },
    /** Mark a step, so many pixels from the left. */
    mark(step, x) {
      marker.style.transform = `translateX(${x.toFixed(1)}px)`;
      const values = drawn.map(({ label, lines }) => `${label} ${lines.map((line) => numberText(line[Math.min(step, line.length - 1)] ?? NaN)).join(", ")}`);
      canvas.setAttribute("aria-label", `${name} over the steps; at step ${step}: ${values.join("; ")}`);
    },
  };
}

/** A line of the lab as the plots draw it. @returns {PlottedRun} */
const plottedRun = (line, surface) => ({ label: line.rule.label, look: line.look, dash: line.dash, losses: line.run.losses, ...runFactsOf(line, surface) });

/** Small plots beside the valley, at the same step. peek(step or null) as the pointer moves over them, goTo(step) where it is pressed. */
export function createSidePlots({ peek, goTo }) {
  let shown = null; // the scene that is drawn
  let layout = { width: 0, left: 40, edge: 6 };
  let [drawnOf, drawnLosses, drawnSurface] = ["", [], null]; // what stands on the canvases
  const room = () => layout.width - layout.left - RIGHT;
  const stepAt = (x) => limited(Math.round(((x - layout.left) / room()) * shown.steps), 0, shown.steps);
  const plots = PLOTS.map((plot) => createPlot(plot, { stepAt, shownStep: () => shown.step, onPeek: peek, onStep: goTo }));
  const element = html("div", { class: "ol-plots" }, ...plots.map((plot) => plot.element));

  /** Side by side where there is room. */
  function layOut(whole) {
    const isRow = whole >= 520;
    element.classList.toggle("ol-stacked", !isRow);
    const style = getComputedStyle(element);
    const [left, edge] = [3.6, 0.55].map((share) => Math.ceil(share * parseFloat(style.fontSize)));
    layout = { width: isRow ? Math.floor((whole - 24) / 3) : whole, left, edge };
    return style;
  }
  function drawRuns({ steps, lines, surface }, style) {
    const looks = [layout.width, layout.left, steps, style.getPropertyValue("--ol-paper"), lines.map(({ on, rule }) => [rule.key, on])].join();
    const losses = lines.map(({ run }) => run.losses);
    if (looks === drawnOf && surface === drawnSurface && losses.length === drawnLosses.length && losses.every((one, i) => one === drawnLosses[i])) return;
    [drawnOf, drawnLosses, drawnSurface] = [looks, losses, surface];
    const runs = lines.filter(({ on }) => on).map((line) => plottedRun(line, surface));
    for (const plot of plots) plot.drawRuns(runs, steps, layout, style);
  }
  return {
    element,
    draw(scene) {
      shown = scene;
      const style = layOut(scene.width);
      if (layout.width < 60) return;
      drawRuns(scene, style);
      for (const plot of plots) plot.mark(scene.step, layout.left + (scene.step / scene.steps) * room());
    },
  };
}
