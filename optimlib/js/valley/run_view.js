import { svg } from "../ui/dom.js";
import { limited, tenth, tenthText, trace } from "./frame.js";
import { MARKERS } from "./markers.js";

/**
 * One rule's run as drawn: look is its class in CSS, which gives the colour; marker and dash tell
 * it apart beside that; hollow is for the second run of a rule. gradients, by step, and velocity, for each
 * coordinate by step, are there where arrows can be drawn.
 * @typedef {{key: string, on: boolean, points: number[][], look: string, marker: string, dash: string, hollow?: boolean, gradients?: number[][], velocity?: number[][]}} DrawnRun
 */

/** More marks on a line than that hide it. */
const MOST_MARKS = 60;

/**
 * While a lab plays, the bold path goes to a multiple of so many steps, and only the rest of the way is drawn again at each frame. Each further
 * line has one more, so that no frame has to draw the whole of all.
 */
const STRETCH = 32;

/** The runs of a scene, each with its line, its marks and its ball. layers: the groups {lines, balls} that they go into. */
export function createRunViews(layers) {
  const views = new Map(); // key of a run -> its view
  const viewOf = (run) => {
    if (!views.has(run.key)) views.set(run.key, createRunView(run, layers));
    return views.get(run.key);
  };
  return {
    /** scene as createValley draws it. */
    draw(scene, projection) {
      for (const run of scene.runs) viewOf(run).draw(run, scene, projection);
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
  const line = createLine(dash, MARKERS[marker], STRETCH + layers.lines.childElementCount);
  const group = svg("g", { class: look }, ...line.elements);
  const ball = createBall(`ol-ball ${look}`, MARKERS[marker]);
  const nodes = [group, ball.element];
  layers.lines.append(group);
  layers.balls.append(ball.element);
  let hidden = false;
  return {
    draw(run, scene, projection) {
      if (hidden === run.on) {
        hidden = !run.on;
        for (const node of nodes) node.style.display = hidden ? "none" : "";
      }
      if (hidden) return;
      group.classList.toggle("ol-hollow", run.hollow === true); // it changes when a run before this one is removed
      const at = line.draw(run.points, scene, projection);
      if (at) ball.draw(run, scene.step, at, projection);
    },
    traced: line.traced,
    remove: () => nodes.forEach((node) => node.remove()),
  };
}

/** The path in SVG through these points, to which a ball at rest adds nothing; and how long it is up to each of them. */
function pathThrough(traced) {
  const [parts, ends] = [[], []];
  let [length, lastX, lastY] = [0, "", ""];
  for (const point of traced) {
    const [x, y] = [tenthText(point[0]), tenthText(point[1])];
    if (x !== lastX || y !== lastY) {
      parts.push(length ? "L" : "M", x, ",", y);
      length += x.length + y.length + 2;
      [lastX, lastY] = [x, y];
    }
    ends.push(length);
  }
  return { path: parts.join(""), ends };
}

/** The marks on a path in SVG, not more than MOST_MARKS of them: one each so many steps; and how long it is up to each mark. mark: its shape. */
function marksOn(traced, steps, mark) {
  const every = Math.ceil(steps / MOST_MARKS);
  const ends = [];
  let path = "";
  for (let i = 0; i < traced.length; i += every) {
    path += `M${tenthText(traced[i][0])},${tenthText(traced[i][1])}${mark}`;
    ends.push(path.length);
  }
  return { path, ends, every };
}

/** How long the path through these points is up to one of them, in pixels. The page, asked for it, would first lay itself out. */
function lengthTo(end, traced) {
  let length = 0;
  for (let i = 1; i <= end; i++) length += Math.hypot(traced[i][0] - traced[i - 1][0], traced[i][1] - traced[i - 1][1]);
  return length;
}

/** The line of a run: all of it faint, what has been walked bold, with marks. shape: of MARKERS; stretch: see STRETCH. */
function createLine(dash, shape, stretch) {
  const faint = svg("path", { class: "ol-faint" });
  const bold = svg("path", { class: "ol-bold" });
  const recent = svg("path", { class: "ol-recent" }); // from there to the ball
  const walked = svg("g", {}, bold, recent);
  const marks = svg("path", { class: "ol-marks" });
  let known = {}; // {points, projection, traced, path, ends, marked}: the trace that is drawn, and its marks
  let shown = {}; // {stands, rest, mark}: up to which step the bold path goes, the path from there, and which mark is the last
  function traceNew(points, projection) {
    const traced = trace(points, projection.toX, projection.toY);
    const marked = marksOn(traced, points.length, shape(tenth(2.4 * projection.large)));
    known = { points, projection, traced, ...pathThrough(traced), marked };
    shown = {};
    faint.setAttribute("d", known.path);
    walked.setAttribute(
      "stroke-dasharray",
      dash.replace(/\d+/g, (pixels) => tenth(pixels * projection.large)),
    );
  }
  return {
    elements: [faint, walked, marks],
    traced: () => known.traced ?? [],
    /** Gives where the ball is: {x, y, moving}; null for a run without points in sight. */
    draw(points, { step, part, playing }, projection) {
      if (known.points !== points || known.projection !== projection) traceNew(points, projection);
      const { traced, path, ends, marked } = known;
      if (traced.length === 0) return null;
      const here = Math.min(step, traced.length - 1);
      const [x, y] = traced[here];
      const moving = part > 0 && here === step && here + 1 < traced.length;
      const [nextX, nextY] = moving ? traced[here + 1] : [x, y];
      const at = { moving, x: x + part * (nextX - x), y: y + part * (nextY - y) };
      const stands = playing ? here - (here % stretch) : here;
      if (shown.stands !== stands) {
        bold.setAttribute("d", path.slice(0, ends[stands]));
        if (playing) recent.setAttribute("stroke-dashoffset", tenth(lengthTo(stands, traced))); // so that its dashes go on
      }
      const rest = `M${traced[stands].map(tenth)}${path.slice(ends[stands], ends[here])}L${tenth(at.x)},${tenth(at.y)}`;
      if (shown.rest !== rest) recent.setAttribute("d", rest);
      const mark = Math.floor(here / marked.every);
      if (shown.mark !== mark) marks.setAttribute("d", marked.path.slice(0, marked.ends[mark]));
      shown = { stands, rest, mark };
      return at;
    },
  };
}

/** The ball of a run. Where it has left the picture it stands at the edge, hollow. */
function createBall(look, shape) {
  const element = svg("path", { class: look, d: `M0,0${shape(6)}` });
  return {
    element,
    draw({ points, hollow }, step, { x, y, moving }, { size, toX, toY, large }) {
      const point = points[Math.min(step, points.length - 1)];
      const place = moving || point.some(Number.isNaN) ? [x, y] : [toX(point[0]), toY(point[1])];
      const [ballX, ballY] = [limited(place[0], 0, size.width), limited(place[1], 0, size.height)];
      const isAway = ballX !== place[0] || ballY !== place[1];
      element.setAttribute("transform", `translate(${tenth(ballX)},${tenth(ballY)})scale(${large})`);
      const now = isAway || hollow ? `${look} ol-outside` : look;
      if (element.getAttribute("class") !== now) element.setAttribute("class", now);
    },
  };
}
