import { svg } from "../ui/dom.js";
import { createArrows } from "./arrows.js";
import { limited, tenth, trace } from "./frame.js";
import { MARKERS } from "./markers.js";

/**
 * One rule's run as drawn: look is its class in CSS, which gives the colour; marker and dash tell
 * it apart beside that; hollow is for the second run of a rule. gradients and velocity, by step, are there where arrows can be drawn.
 * @typedef {{key: string, on: boolean, points: number[][], look: string, marker: string, dash: string, hollow?: boolean, gradients?: number[][], velocity?: number[][]}} DrawnRun
 */

/** More marks on a line than that hide it. */
const MOST_MARKS = 60;

/** The runs of a scene, each with its line, its marks, its ball and its arrows. layers: the groups {lines, arrows, balls} that they go into. */
export function createRunViews(layers) {
  const views = new Map(); // key of a run -> its view
  const viewOf = (run) => {
    if (!views.has(run.key)) views.set(run.key, createRunView(run, layers));
    return views.get(run.key);
  };
  return {
    /** scene as createValley draws it; gradientScale: what makes an arrow of a gradient, in pixels. */
    draw(scene, projection, gradientScale) {
      for (const run of scene.runs) viewOf(run).draw(run, scene, projection, gradientScale);
      for (const [key, view] of views) {
        if (scene.runs.some((run) => run.key === key)) continue;
        view.remove();
        views.delete(key);
      }
    },
    /** The pixels of the points of a run, up to where it leaves the picture. */
    tracedOf: (key) => views.get(key).traced(),
  };
}

/** A run's view. It writes to the page only what has changed. */
function createRunView({ look, marker, dash }, layers) {
  const shape = MARKERS[marker];
  const line = createLine(dash, shape(2.4));
  const group = svg("g", { class: look }, ...line.elements);
  const ball = createBall(`ol-ball ${look}`, shape(6));
  const arrows = createArrows(look);
  const nodes = [group, ball.element, arrows.element];
  layers.arrows.append(arrows.element);
  layers.lines.append(group);
  layers.balls.append(ball.element);
  let hidden = false;
  return {
    draw(run, scene, projection, gradientScale) {
      if (hidden === run.on) {
        hidden = !run.on;
        for (const node of nodes) node.style.display = hidden ? "none" : "";
      }
      if (hidden) return;
      group.classList.toggle("ol-hollow", run.hollow === true); // it changes when a run before this one is removed
      const at = line.draw(run.points, scene, projection);
      if (!at) return;
      const isAway = ball.draw(run, scene.step, at, projection);
      arrows.draw(scene.arrows && !isAway ? arrowsAt(run, at.here, line.traced(), projection.scale, gradientScale) : null);
    },
    traced: line.traced,
    remove: () => nodes.forEach((node) => node.remove()),
  };
}

/** The line of a run: all of it faint, what has been walked bold, with marks. mark: the path of one. */
function createLine(dash, mark) {
  const faint = svg("path", { class: "ol-faint" });
  const bold = svg("path", { class: "ol-bold", "stroke-dasharray": dash });
  const marks = svg("path", { class: "ol-marks" });
  let known = {}; // {points, projection, traced, segments, whole}: the trace that is drawn
  let shown = {}; // {step, moving}: how much of it is bold
  function traceNew(points, projection) {
    const traced = trace(points, projection.toX, projection.toY);
    const segments = traced.map(([x, y], i) => `${i ? "L" : "M"}${tenth(x)},${tenth(y)}`);
    known = { points, projection, traced, segments, whole: segments.join("") };
    shown = {};
    faint.setAttribute("d", known.whole);
  }
  function drawMarks(here) {
    const every = Math.ceil(known.points.length / MOST_MARKS);
    const marked = known.segments.slice(0, here + 1).filter((_, i) => i % every === 0);
    marks.setAttribute("d", marked.map((segment) => `M${segment.slice(1)}${mark}`).join(""));
  }
  return {
    elements: [faint, bold, marks],
    traced: () => known.traced ?? [],
    /** Gives where the ball is: {here, x, y, moving}, here the last point that is walked; null for a run without points in sight. */
    draw(points, { step, part }, projection) {
      if (known.points !== points || known.projection !== projection) traceNew(points, projection);
      const { traced, segments, whole } = known;
      if (traced.length === 0) return null;
      const here = Math.min(step, traced.length - 1);
      const [[x, y], next] = [traced[here], traced[here + 1]];
      const moving = Boolean(part > 0 && here === step && next);
      const at = moving ? { here, moving, x: x + part * (next[0] - x), y: y + part * (next[1] - y) } : { here, moving, x, y };
      if (moving || shown.moving || shown.step !== step) {
        const done = here + 1 === segments.length ? whole : segments.slice(0, here + 1).join("");
        bold.setAttribute("d", moving ? `${done}L${tenth(at.x)},${tenth(at.y)}` : done);
      }
      if (shown.step !== step) drawMarks(here);
      shown = { step, moving };
      return at;
    },
  };
}

/** The ball of a run. Where it has left the picture it stands at the edge, hollow. */
function createBall(look, shape) {
  const element = svg("path", { class: look, d: `M0,0${shape}` });
  return {
    element,
    /** Gives whether it has left the picture. */
    draw({ points, hollow }, step, { x, y, moving }, { size, toX, toY }) {
      const point = points[Math.min(step, points.length - 1)];
      const place = moving || point.some(Number.isNaN) ? [x, y] : [toX(point[0]), toY(point[1])];
      const [ballX, ballY] = [limited(place[0], 0, size.width), limited(place[1], 0, size.height)];
      const isAway = ballX !== place[0] || ballY !== place[1];
      element.setAttribute("transform", `translate(${tenth(ballX)},${tenth(ballY)})`);
      const now = isAway || hollow ? `${look} ol-outside` : look;
      if (element.getAttribute("class") !== now) element.setAttribute("class", now);
      return isAway;
    },
  };
}

/** The arrows of a run at a step, in pixels. What momentum remembers and the gradient add up to the velocity. */
function arrowsAt({ gradients, velocity, points }, here, traced, scale, gradientScale) {
  const pixels = ([a, b], by) => [a * scale[0] * by, -b * scale[1] * by];
  const next = points[here + 1];
  const [g, v] = [gradients?.[here], velocity?.[here + 1]];
  return {
    place: traced[here],
    step: next && pixels([next[0] - points[here][0], next[1] - points[here][1]], 1),
    downhill: g && pixels(g, -gradientScale),
    memory: g && v && pixels([v[0] - g[0], v[1] - g[1]], -gradientScale),
    velocity: v && pixels(v, -gradientScale),
  };
}
