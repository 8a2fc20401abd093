import { html, numberText, tenTo } from "../ui/dom.js";
import { keepOnSwipe } from "../ui/sliders.js";
import { limited, ticks } from "../valley/valley_view.js";

/**
 * One run as the plots draw it: across is the position in the steepest direction, rates[k] what the step from point k
 * multiplies the gradient by, in each coordinate.
 * @typedef {{key: string, label: string, on: boolean, look: string, dash: string, losses: number[], across: number[], rates: number[][]}} PlottedRun
 */

/** The plots: a name, whether the scale is logarithmic, and the lines of a run. */
const PLOTS = [
  { name: "loss", logarithmic: true, linesOf: ({ losses }) => [losses] },
  { name: "position across the valley", logarithmic: false, linesOf: ({ across }) => [across] },
  { name: "effective rates (x₂ thin)", logarithmic: true, linesOf: ({ rates }) => [0, 1].map((i) => rates.map((pair) => pair[i])) },
];

/** The room at the right of the lines, in pixels. */
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

/** Small plots beside the valley, at the same step. onPeek(step or null) as the pointer moves over them, onStep(step) where it is pressed. */
export function createSidePlots({ onPeek, onStep }) {
  let shown = null;
  let width = 0; // of one plot, in pixels
  let [left, edge] = [40, 6]; // the room for the numbers: at the left, and at the top and the bottom
  let drawnOf = ""; // what stands on the canvases
  let drawnRuns = [];
  const stepAt = (event, canvas) => {
    const x = event.clientX - canvas.getBoundingClientRect().left - left;
    return limited(Math.round((x / (width - left - RIGHT)) * shown.steps), 0, shown.steps);
  };
  const plots = PLOTS.map((plot) => {
    const canvas = html("canvas", { role: "img", "aria-label": `${plot.name} over the steps` });
    const marker = html("i", { class: "ol-now" });
    let pressed = false;
    const follow = (event) => (pressed ? onStep : onPeek)(stepAt(event, canvas));
    canvas.addEventListener("pointerdown", (event) => {
      pressed = true;
      canvas.setPointerCapture(event.pointerId);
    });
    canvas.addEventListener("pointermove", (event) => (pressed || event.pointerType === "mouse") && follow(event));
    keepOnSwipe(canvas, () => shown.step, onStep);
    canvas.addEventListener("pointerup", (event) => {
      if (pressed) follow(event);
      pressed = false;
    });
    canvas.addEventListener("pointercancel", () => (pressed = false));
    canvas.addEventListener("pointerleave", () => onPeek(null));
    return { ...plot, canvas, marker, element: html("div", {}, html("p", {}, plot.name), html("div", { class: "ol-plot-box" }, canvas, marker)) };
  });
  const element = html("div", { class: "ol-plots" }, ...plots.map((plot) => plot.element));

  function drawLines(plot, style) {
    const { canvas, logarithmic } = plot;
    const ratio = window.devicePixelRatio || 1;
    const size = [Math.round(width * ratio), Math.round(HEIGHT * ratio)];
    if (canvas.width !== size[0] || canvas.height !== size[1]) {
      [canvas.width, canvas.height] = size;
      canvas.style.width = `${width}px`;
    }
    const pen = canvas.getContext("2d");
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, HEIGHT);
    pen.save();
    plot.drawn = shown.runs.filter(({ on }) => on).map((run) => ({ ...run, lines: plot.linesOf(run) }));
    const scaled = (line) => (logarithmic ? line.map(Math.log10) : line);
    const runs = plot.drawn.map(({ lines, ...run }) => ({ ...run, lines: lines.map(scaled) }));
    const [low, high] = limitsOf(runs.flatMap(({ lines }) => lines), logarithmic);
    const toX = (width - left - RIGHT) / shown.steps;
    const toY = (HEIGHT - 2 * edge) / (high - low);
    const yOf = (value) => HEIGHT - edge - (value - low) * toY;
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
    pen.beginPath();
    pen.rect(left, 0, width - left - RIGHT, HEIGHT);
    pen.clip();
    for (const { look, dash, lines } of runs) {
      pen.strokeStyle = style.getPropertyValue(look.replace("ol-", "--ol-rule-"));
      pen.setLineDash(dash === "none" ? [] : dash.split(" ").map(Number));
      lines.forEach((line, i) => {
        pen.lineWidth = i === 0 ? 1.8 : 1;
        pen.beginPath();
        line.forEach((value, step) => {
          if (Number.isFinite(value)) pen.lineTo(left + step * toX, limited(yOf(value), -HEIGHT, 2 * HEIGHT));
        });
        pen.stroke();
      });
    }
    pen.restore(); // the clip, the dash and the rest
  }

  return {
    element,
    /** scene: {steps, step, runs: PlottedRun[]}. */
    draw(scene) {
      shown = scene;
      if (width < 60) return;
      const style = getComputedStyle(element);
      [left, edge] = [3.6, 0.55].map((share) => Math.ceil(share * parseFloat(style.fontSize)));
      const look = [width, left, scene.steps, style.getPropertyValue("--ol-paper"), scene.runs.map(({ on, key }) => [key, on])].join();
      const runs = scene.runs.map(({ losses }) => losses);
      if (look !== drawnOf || runs.length !== drawnRuns.length || runs.some((run, i) => run !== drawnRuns[i])) {
        for (const plot of plots) drawLines(plot, style);
        [drawnOf, drawnRuns] = [look, runs];
      }
      const x = left + (scene.step / scene.steps) * (width - left - RIGHT);
      for (const { canvas, marker, name, drawn } of plots) {
        marker.style.transform = `translateX(${x.toFixed(1)}px)`;
        const values = drawn.map(({ label, lines }) => `${label} ${lines.map((line) => numberText(line[Math.min(scene.step, line.length - 1)] ?? NaN)).join(", ")}`);
        canvas.setAttribute("aria-label", `${name} over the steps; at step ${scene.step}: ${values.join("; ")}`);
      }
    },
    /** Draw for a width in pixels: side by side where there is room. */
    resize(whole) {
      const isRow = whole >= 520;
      element.classList.toggle("ol-stacked", !isRow);
      width = isRow ? Math.floor((whole - 24) / 3) : whole;
    },
  };
}
