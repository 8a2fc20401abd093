import { createArrows } from "./arrows.js";
import { html, numberText, powerOf, svg, tenTo } from "../ui/dom.js";

/**
 * What is seen of the plane: [low, high] of each coordinate. When equal, both have the same scale.
 * @typedef {{x: number[], y: number[], equal: boolean}} Frame
 *
 * One rule's run as drawn: look is its class in CSS, which gives the colour; marker and dash tell
 * it apart beside that; hollow is for the second run of a rule. gradients and velocity, by step, are there where arrows can be drawn.
 * @typedef {{key: string, on: boolean, points: number[][], look: string, marker: string, dash: string, hollow?: boolean, gradients?: number[][], velocity?: number[][]}} DrawnRun
 */

const MARGIN = { left: 42, right: 10, top: 10, bottom: 36 };

/** The markers, as SVG path data about the current point, for a size r. */
export const MARKERS = {
  circle: (r) => `m${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0z`,
  square: (r) => `m${-r},${-r}h${2 * r}v${2 * r}h${-2 * r}z`,
  triangle: (r) => `m0,${-1.3 * r}l${1.3 * r},${2.3 * r}h${-2.6 * r}z`,
  diamond: (r) => `m0,${-1.4 * r}l${1.4 * r},${1.4 * r}l${-1.4 * r},${1.4 * r}l${-1.4 * r},${-1.4 * r}z`,
  arrowhead: (r) => `m${1.3 * r},0l${-2.3 * r},${1.3 * r}v${-2.6 * r}z`,
  wedge: (r) => `m0,${1.3 * r}l${1.3 * r},${-2.3 * r}h${-2.6 * r}z`,
  plus: (r) => `m${-0.5 * r},${-1.4 * r}h${r}v${0.9 * r}h${0.9 * r}v${r}h${-0.9 * r}v${0.9 * r}h${-r}v${-0.9 * r}h${-0.9 * r}v${-r}h${0.9 * r}z`,
};

/** Beyond this many pixels a line is cut: no screen shows it, and SVG has no room for it. */
const FAR = 1e5;

/**
 * The frame for a start in a quadratic valley: a little beyond the start, and past the floor as far
 * across as the start lies, since paths swing. Turned valleys get equal scales, to look turned.
 * @returns {Frame}
 */
export function frameAround(surface, start) {
  const u = surface.axes(start);
  const most = Math.max(Math.abs(u[0]), Math.abs(u[1]));
  const along = surface.curvatures[0] <= surface.curvatures[1] ? 0 : 1;
  const sides = u.map((value, i) => {
    const reach = most === 0 ? 1 : Math.max(Math.abs(value), 0.2 * most);
    const [near, beyond] = i === along ? [1.2, 0.4] : [1.5, 1.5];
    return value > 0 ? [-beyond * reach, near * reach] : [-near * reach, beyond * reach];
  });
  const corners = sides[0].flatMap((a) => sides[1].map((b) => surface.fromAxes([a, b])));
  const [x, y] = [0, 1].map((i) => [Math.min(...corners.map((p) => p[i])), Math.max(...corners.map((p) => p[i]))]);
  return { x, y, equal: surface.angle % 90 !== 0 };
}

/** A frame with equal scales, widened to fill width x height pixels. */
export function fitted(frame, width, height) {
  if (!frame.equal) return frame;
  const scale = Math.min(width / (frame.x[1] - frame.x[0]), height / (frame.y[1] - frame.y[0]));
  const about = ([low, high], pixels) => {
    const [middle, half] = [(low + high) / 2, pixels / scale / 2];
    return [middle - half, middle + half];
  };
  return { x: about(frame.x, width), y: about(frame.y, height), equal: true };
}

/** Round numbers from low to high, about as many as asked for. */
export function ticks(low, high, count) {
  const rough = (high - low) / count;
  const power = tenTo(powerOf(rough));
  const step = [1, 2, 5, 10].find((m) => m * power >= rough) * power;
  const found = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) found.push(Number((i * step).toPrecision(12)));
  return found;
}

/**
 * Points in pixels, up to the first that is not finite. The first that is far out of sight is
 * moved nearer on its line, and ends the trace.
 */
export function trace(points, toX, toY) {
  const traced = [];
  for (const point of points) {
    const [x, y] = [toX(point[0]), toY(point[1])];
    if (!Number.isFinite(x) || !Number.isFinite(y)) break;
    const share = FAR / Math.max(Math.abs(x), Math.abs(y), FAR);
    const [fromX, fromY] = traced.at(-1) ?? [0, 0];
    traced.push([fromX + share * (x - fromX), fromY + share * (y - fromY)]);
    if (share < 1) break;
  }
  return traced;
}

/** A ring to be dragged and moved by keys, with room for a finger. It does not scroll the page. */
export function createHandle(attributes) {
  const handle = svg(
    "g",
    { class: "ol-start", role: "slider", tabindex: 0, "data-lm-suppress-shortcuts": "true", ...attributes },
    svg("circle", { class: "ol-start-target", r: 22 }),
    svg("circle", { class: "ol-start-focus", r: 14 }),
    svg("circle", { class: "ol-start-ring", r: 8 }),
  );
  // For browsers that do not heed touch-action inside an SVG.
  handle.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  return handle;
}

const tenth = (pixels) => Math.round(pixels * 10) / 10;
export const limited = (value, low, high) => Math.min(Math.max(value, low), high);

/** How near, in pixels, the pointer must be to a point of a path. */
const NEAR = 16;

/**
 * The picture of the valley. onStart(point) is called while the start is dragged or moved by keys,
 * onPeek(step) while the pointer is over a point of a path and onPeek(null) once it is not, and
 * onPlace(point) for a click while the scene is asking for a place.
 * name: what the point is called that moves; pick: whether a click in the valley moves it there.
 */
export function createValley({ onStart, onPeek, onPlace, name = "start", pick = false }) {
  const ground = svg("g", { class: "ol-contours" });
  const lines = svg("g");
  const arrows = svg("g");
  const plot = svg("svg", { class: "ol-plot", overflow: "hidden" }, ground, lines, arrows); // cuts what leaves the frame
  const axes = svg("g", { class: "ol-axes", "aria-hidden": "true" });
  const balls = svg("g");
  const guess = svg("g", { class: "ol-guess", display: "none" }, svg("path", { d: "M-7,-7L7,7M-7,7L7,-7" }), svg("text", { y: -12, "text-anchor": "middle" }, "your guess"));
  const handle = createHandle({ "aria-label": name, "aria-roledescription": "point on the valley" });
  handle.append(svg("text", { class: "ol-start-name", y: 27, "text-anchor": "middle", "aria-hidden": "true" }, name));
  const over = svg("g", { transform: `translate(${MARGIN.left},${MARGIN.top})` }, balls, guess, handle);
  const picture = svg("svg", { role: "group", "aria-label": "the valley from above" }, axes, plot, over);
  const element = html("div", { class: "ol-valley" }, picture);

  let size = { width: 0, height: 0 }; // of the plot, without the margins
  let shown = null; // the scene that is drawn
  let frame = null; // its frame, fitted to the size
  let at = null; // where the start is; ahead of the scene while keys come faster than frames
  let toX, toY;
  let scale = [1, 1]; // pixels a unit, across and up
  let gradientScale = 0; // makes an arrow of a gradient: half of the picture for the steepest that is in it
  const drawn = new Map(); // key -> the elements of a run, and what they show

  /**
   * scene: {surface, contours, frame, runs: DrawnRun[], start, canMove, step, part, arrows, asking, guess}.
   * part: how far on the way to the next step, 0 to 1; guess: a point or null.
   */
  function draw(scene) {
    const before = shown;
    shown = scene;
    if (size.width === 0) return;
    if (!before || !frame || before.frame !== scene.frame || before.surface !== scene.surface || before.contours !== scene.contours) layOut();
    for (const run of scene.runs) drawRun(run, scene);
    for (const [key, view] of drawn) {
      if (scene.runs.some((run) => run.key === key)) continue;
      for (const node of [view.group, view.ball, view.arrows.element]) node.remove();
      drawn.delete(key);
    }
    drawStart(scene);
    plot.classList.toggle("ol-asking", scene.asking === true);
    guess.setAttribute("display", scene.guess ? "inline" : "none");
    if (scene.guess) guess.setAttribute("transform", `translate(${tenth(limited(toX(scene.guess[0]), 0, size.width))},${tenth(limited(toY(scene.guess[1]), 0, size.height))})`);
  }

  /** Draw for a width in pixels, and a height of at most so many. */
  function resize(width, highest = 380) {
    const height = limited(Math.round(width * 0.52), 210, Math.round(highest));
    const now = { width: width - MARGIN.left - MARGIN.right, height: height - MARGIN.top - MARGIN.bottom };
    if (width < 120 || (now.width === size.width && now.height === size.height && frame)) return;
    size = now;
    for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}` })) picture.setAttribute(name, value);
    for (const [name, value] of Object.entries({ x: MARGIN.left, y: MARGIN.top, ...size })) plot.setAttribute(name, value);
    frame = null;
    if (shown) draw(shown);
  }

  function layOut() {
    frame = fitted(shown.frame, size.width, size.height);
    const scaleX = size.width / (frame.x[1] - frame.x[0]);
    const scaleY = size.height / (frame.y[1] - frame.y[0]);
    toX = (x1) => (x1 - frame.x[0]) * scaleX;
    toY = (x2) => (frame.y[1] - x2) * scaleY;
    axes.replaceChildren(...axisMarks());
    ground.replaceChildren(
      svg("rect", { class: "ol-ground", ...size }),
      ...(shown.surface ? ellipses(scaleX, scaleY) : polylines()),
    );
    const corners = frame.x.flatMap((x1) => frame.y.map((x2) => [x1, x2]));
    const steepest = Math.max(...corners.map((corner) => Math.hypot(...(shown.surface?.gradient(corner).map((g, i) => g * [scaleX, scaleY][i]) ?? [0]))));
    gradientScale = steepest > 0 ? (0.5 * Math.min(size.width, size.height)) / steepest : 0;
    scale = [scaleX, scaleY];
    for (const view of drawn.values()) view.points = null; // to be traced again
  }

  function axisMarks() {
    const { width, height } = size;
    const [left, bottom] = [MARGIN.left, MARGIN.top + height];
    const number = (value, x, y, anchor) => svg("text", { x: tenth(x), y: tenth(y), "text-anchor": anchor }, numberText(value));
    return [
      ...ticks(...frame.x, width / 70).map((value) => number(value, left + toX(value), bottom + 16, "middle")),
      ...ticks(...frame.y, height / 45).map((value) => number(value, left - 7, MARGIN.top + toY(value) + 4, "end")),
      svg("text", { class: "ol-axis-name", x: left + width / 2, y: bottom + 32, "text-anchor": "middle" }, "x₁"),
      svg("text", { class: "ol-axis-name", x: 12, y: MARGIN.top + height / 2, "text-anchor": "middle" }, "x₂"),
    ];
  }

  /** Lines of equal loss of a quadratic: exact ellipses, evenly spaced (so the loss grows by the square). */
  function ellipses(scaleX, scaleY) {
    const { surface } = shown;
    const [c, s] = [surface.fromAxes([1, 0])[0], surface.fromAxes([1, 0])[1]];
    const matrix = [scaleX * c, -scaleY * s, -scaleX * s, -scaleY * c, toX(0), toY(0)].join(" ");
    const highest = Math.max(...frame.x.flatMap((x1) => frame.y.map((x2) => surface.loss([x1, x2]))));
    const count = 10;
    const rings = [];
    for (let i = count; i > 0; i--) {
      const loss = highest * (i / count) ** 2;
      const [rx, ry] = surface.curvatures.map((curvature) => Math.sqrt((2 * loss) / curvature));
      rings.push(svg("ellipse", { rx, ry }));
    }
    const floor = svg("path", { class: "ol-floor", d: `M${tenth(toX(0)) - 6},${tenth(toY(0))}h12m-6,-6v12` });
    return [svg("g", { transform: `matrix(${matrix})` }, ...rings), floor];
  }

  function polylines() {
    const d = (line) => "M" + trace(line, toX, toY).map((p) => p.map(tenth).join()).join("L");
    return shown.contours.map((line) => svg("path", { class: "ol-contour", d: d(line) }));
  }

  function drawRun(run, { step, part }) {
    const view = viewOf(run);
    const hidden = !run.on;
    if (view.hidden !== hidden) {
      view.hidden = hidden;
      for (const node of [view.group, view.ball, view.arrows.element]) node.style.display = hidden ? "none" : "";
    }
    if (hidden) return;
    view.group.classList.toggle("ol-hollow", run.hollow === true); // it changes when a run before this one is removed
    if (view.points !== run.points) {
      view.points = run.points;
      view.traced = trace(run.points, toX, toY);
      view.segments = view.traced.map(([x, y], i) => `${i ? "L" : "M"}${tenth(x)},${tenth(y)}`);
      view.whole = view.segments.join("");
      view.faint.setAttribute("d", view.whole);
      view.step = -1;
    }
    if (view.traced.length === 0) return;
    const here = Math.min(step, view.traced.length - 1);
    const next = view.traced[here + 1];
    const [fromX, fromY] = view.traced[here];
    const moving = part > 0 && here === step && next;
    const x = moving ? fromX + part * (next[0] - fromX) : fromX;
    const y = moving ? fromY + part * (next[1] - fromY) : fromY;
    if (moving || view.moving || view.step !== step) {
      const done = here + 1 === view.segments.length ? view.whole : view.segments.slice(0, here + 1).join("");
      view.bold.setAttribute("d", moving ? `${done}L${tenth(x)},${tenth(y)}` : done);
    }
    if (view.step !== step) {
      const every = Math.ceil(view.points.length / 60); // more marks than that hide the line
      const marked = view.segments.slice(0, here + 1).filter((_, i) => i % every === 0);
      view.marks.setAttribute("d", marked.map((segment) => `M${segment.slice(1)}${view.mark}`).join(""));
      view.step = step;
    }
    view.moving = moving;
    // A ball that has left the picture stands at its edge, hollow.
    const out = run.points[Math.min(step, run.points.length - 1)];
    const place = moving || out.some(Number.isNaN) ? [x, y] : [toX(out[0]), toY(out[1])];
    const [ballX, ballY] = [limited(place[0], 0, size.width), limited(place[1], 0, size.height)];
    const away = ballX !== place[0] || ballY !== place[1];
    view.ball.setAttribute("transform", `translate(${tenth(ballX)},${tenth(ballY)})`);
    const look = away || run.hollow ? `${view.look} ol-outside` : view.look;
    if (view.ball.getAttribute("class") !== look) view.ball.setAttribute("class", look);
    view.arrows.draw(shown.arrows && !away ? arrowsAt(run, view, here) : null);
  }

  /** The arrows of a run at a step, in pixels. What momentum remembers and the gradient add up to the velocity. */
  function arrowsAt({ gradients, velocity, points }, view, here) {
    const pixels = ([a, b], by) => [a * scale[0] * by, -b * scale[1] * by];
    const next = points[here + 1];
    const [g, v] = [gradients?.[here], velocity?.[here + 1]];
    return {
      place: view.traced[here],
      step: next && pixels([next[0] - points[here][0], next[1] - points[here][1]], 1),
      downhill: g && pixels(g, -gradientScale),
      memory: g && v && pixels([v[0] - g[0], v[1] - g[1]], -gradientScale),
      velocity: v && pixels(v, -gradientScale),
    };
  }

  function viewOf(run) {
    if (!drawn.has(run.key)) {
      const look = `ol-ball ${run.look}`;
      const shape = MARKERS[run.marker];
      const view = {
        look,
        mark: shape(2.4),
        faint: svg("path", { class: "ol-faint" }),
        bold: svg("path", { class: "ol-bold", "stroke-dasharray": run.dash }),
        marks: svg("path", { class: "ol-marks" }),
        ball: svg("path", { class: look, d: `M0,0${shape(6)}` }),
        arrows: createArrows(run.look),
      };
      view.group = svg("g", { class: run.look }, view.faint, view.bold, view.marks);
      arrows.append(view.arrows.element);
      lines.append(view.group);
      balls.append(view.ball);
      drawn.set(run.key, view);
    }
    return drawn.get(run.key);
  }

  function drawStart({ start, canMove }) {
    at = start;
    const text = `x1 ${numberText(start[0])}, x2 ${numberText(start[1])}`;
    const place = `translate(${tenth(limited(toX(start[0]), 0, size.width))},${tenth(limited(toY(start[1]), 0, size.height))})`;
    if (handle.getAttribute("transform") === place && handle.getAttribute("aria-valuetext") === text) return;
    const facts = { "aria-valuemin": frame.x[0], "aria-valuemax": frame.x[1], "aria-valuenow": start[0], "aria-valuetext": text };
    for (const [name, value] of Object.entries({ transform: place, "aria-disabled": !canMove, ...facts })) handle.setAttribute(name, value);
  }

  /** Where the start goes: inside the frame, on a round number of about a hundredth of the frame. */
  function moveStart(point) {
    if (!shown.canMove) return;
    at = rounded(point);
    onStart(at);
  }

  const rounded = (point) =>
    ["x", "y"].map((axis, i) => {
      const [low, high] = frame[axis];
      const digits = limited(2 - powerOf(high - low), 0, 12);
      return Number(limited(point[i], low, high).toFixed(digits));
    });

  /** The pixels of the plot under a pointer. */
  function under(event) {
    const corner = picture.getBoundingClientRect();
    return [event.clientX - corner.left - MARGIN.left, event.clientY - corner.top - MARGIN.top];
  }

  const pointAt = (x, y) => [
    frame.x[0] + (x / size.width) * (frame.x[1] - frame.x[0]),
    frame.y[1] - (y / size.height) * (frame.y[1] - frame.y[0]),
  ];
  plot.addEventListener("click", (event) => {
    if (pick) moveStart(pointAt(...under(event)));
    else if (shown.asking) onPlace(rounded(pointAt(...under(event))));
  });

  /** The step of the nearest point of a path, where one is near; the start, which they share, is for dragging. */
  function stepUnder([x, y]) {
    let [nearest, step] = [NEAR ** 2, null];
    for (const run of shown.runs) {
      if (!run.on) continue;
      drawn.get(run.key).traced.forEach(([px, py], i) => {
        const away = (px - x) ** 2 + (py - y) ** 2;
        if (i > 0 && away < nearest) [nearest, step] = [away, i];
      });
    }
    return step;
  }
  let peeked = null;
  const peek = (step) => {
    if (step !== peeked) onPeek((peeked = step));
  };
  if (onPeek) {
    picture.addEventListener("pointermove", (event) => event.pointerType === "mouse" && !grip && !shown.asking && peek(stepUnder(under(event))));
    picture.addEventListener("pointerleave", () => peek(null));
  }

  let grip = null; // while dragging: how far from the start's middle the pointer took hold
  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !shown.canMove) return;
    event.preventDefault();
    if (onPeek) peek(null);
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    const [x, y] = under(event);
    grip = [x - toX(at[0]), y - toY(at[1])];
  });
  const drag = (event) => {
    if (!grip) return;
    const [x, y] = under(event).map((pixels, i) => pixels - grip[i]);
    if (event.type !== "pointermove") grip = null;
    if (event.type === "pointercancel") return;
    moveStart(pointAt(x, y));
  };
  for (const type of ["pointermove", "pointerup", "pointercancel"]) handle.addEventListener(type, drag);
  handle.addEventListener("keydown", (event) => {
    const [right, up] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [0, 0];
    if (right === 0 && up === 0) return;
    event.preventDefault();
    const key = (axis) => tenTo(powerOf((frame[axis][1] - frame[axis][0]) / 20)) * (event.shiftKey ? 10 : 1);
    moveStart([at[0] + right * key("x"), at[1] + up * key("y")]);
  });

  return { element, draw, resize };
}
