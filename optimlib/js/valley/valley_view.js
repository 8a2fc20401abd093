import { html, setAttributes, svg } from "../ui/dom.js";
import { limited, projectionOf, rounded } from "./frame.js";
import { axisMarks, groundOf, LETTER, marginOf } from "./ground.js";
import { createRunViews } from "./run_view.js";
import { createStart } from "./start.js";

/**
 * What the picture of a valley shows.
 * @typedef {object} ValleyScene
 * @property {?import("../core/surface.js").Surface} surface null where there are contours
 * @property {number[][][]} [contours] lines of equal loss
 * @property {import("./frame.js").Frame} frame
 * @property {import("./run_view.js").DrawnRun[]} runs
 * @property {number[]} start
 * @property {boolean} canMove whether the start can be moved
 * @property {number} step
 * @property {number} part how far on the way to the next step, 0 to 1
 * @property {boolean} [arrows] whether they are seen
 * @property {boolean} [seeds] whether the runs of other seeds are
 * @property {boolean} [playing] whether the paths ahead are hidden: they would tell what comes
 * @property {boolean} [asking] whether a click tells a place
 */

/** How near, in pixels, the pointer must be to a point of a path. */
const NEAR = 16;

/**
 * The picture of the valley. onStart(point) is called while the start is dragged or moved by keys,
 * onPeek(step) while the pointer is over a point of a path and onPeek(null) once it is not, and
 * onPlace(point) for a click while the scene is asking for a place.
 * name: what the point is called that moves; pick: whether a click in the valley moves it there.
 * @param {{onStart: (point: number[]) => void, onPeek?: (step: ?number) => void, onPlace?: (point: number[]) => void, name?: string, pick?: boolean}} options
 */
export function createValley({ onStart, onPeek, onPlace, name = "start", pick = false }) {
  const [ground, lines, seeds, arrows, balls] = [svg("g", { class: "ol-contours" }), ...Array.from({ length: 4 }, () => svg("g"))];
  const plot = svg("svg", { class: "ol-plot", overflow: "hidden" }, ground, lines, seeds, arrows); // cuts what leaves the frame
  const axes = svg("g", { class: "ol-axes", "aria-hidden": "true" });
  const start = createStart({ name, under, onGrip: () => peek?.(null), onMove: onStart });
  const over = svg("g", {}, balls, start.element);
  const picture = svg("svg", { role: "group", "aria-label": "the valley from above" }, axes, plot, over);
  const runs = createRunViews({ lines, balls });
  const peek = onPeek && peekWith(picture, onPeek, (event) => (start.isHeld() || shown.asking ? undefined : stepNear(shown.runs, runs.tracedOf, under(event))));

  let size = { width: 0, height: 0 }; // of the plot, without the margins
  let [margin, large] = [marginOf(LETTER), 1];
  let shown = null; // the scene that is drawn
  let projection = null; // of its frame on the size

  /** @param {ValleyScene} scene */
  function draw(scene) {
    const before = shown;
    shown = scene;
    if (size.width === 0) return;
    if (!projection || before.frame !== scene.frame || before.surface !== scene.surface || before.contours !== scene.contours) layOut();
    runs.draw(scene, projection);
    start.draw(scene, projection);
    arrows.style.display = scene.arrows ? "" : "none";
    seeds.style.display = scene.seeds ? "" : "none";
    plot.classList.toggle("ol-asking", scene.asking === true);
    plot.classList.toggle("ol-playing", scene.playing === true);
  }

  function layOut() {
    projection = projectionOf(shown.frame, size, large);
    axes.replaceChildren(...axisMarks(projection));
    ground.replaceChildren(...groundOf(projection, shown));
  }

  /** Draw for a width in pixels, and a height of at most so many, and of at least. All of it is as large as the style makes the letters of the axes. */
  function resize(width, highest = 380, lowest = 240) {
    const height = limited(Math.round(width * 0.56), lowest, Math.round(highest));
    const letter = parseFloat(getComputedStyle(axes).fontSize) || LETTER;
    const { left, right, top, bottom } = marginOf(letter);
    const now = { width: width - left - right, height: height - top - bottom };
    if (width < 120 || (now.width === size.width && now.height === size.height && projection)) return;
    [size, margin, large] = [now, marginOf(letter), letter / LETTER];
    picture.style.setProperty("--ol-thick", String(large));
    setAttributes(picture, { width, height, viewBox: `0 0 ${width} ${height}` });
    setAttributes(plot, { x: left, y: top, ...size });
    over.setAttribute("transform", `translate(${left},${top})`);
    projection = null;
    if (shown) draw(shown);
  }

  /** The pixels of the plot under a pointer. */
  function under(event) {
    const corner = picture.getBoundingClientRect();
    return [event.clientX - corner.left - margin.left, event.clientY - corner.top - margin.top];
  }
  plot.addEventListener("click", (event) => {
    const point = projection.pointAt(...under(event));
    if (pick) start.move(point);
    else if (shown.asking) onPlace(rounded(projection.frame, point));
  });
  return {
    element: html("div", { class: "ol-valley" }, picture),
    draw,
    resize,
    /** What is drawn, for arrows over it, other seeds and a guess: the scene and its projection, null as long as there is none, and their layers. */
    seen: () => ({ scene: shown, projection, layer: arrows, seeds, over }),
  };
}

/**
 * Call onPeek(step) when the mouse comes over another step in a picture, and onPeek(null) when it leaves. stepUnder(event): the step
 * under it, null for none, and undefined where it does not count. Gives what tells a step otherwise.
 */
function peekWith(picture, onPeek, stepUnder) {
  let peeked = null; // the step that was last told
  const peek = (step) => {
    if (step === peeked || step === undefined) return;
    peeked = step;
    onPeek(step);
  };
  picture.addEventListener("pointermove", (event) => event.pointerType === "mouse" && peek(stepUnder(event)));
  picture.addEventListener("pointerleave", () => peek(null));
  return peek;
}

/** The step of the nearest point of a path, where one is near; the start, which they share, is for dragging. tracedOf(key): the pixels of a run. @param {number[]} pointer */
function stepNear(runs, tracedOf, pointer) {
  const [x, y] = pointer;
  let [nearest, step] = [NEAR ** 2, null];
  for (const { on, key } of runs) {
    if (!on) continue;
    tracedOf(key).forEach(([px, py], i) => {
      const away = (px - x) ** 2 + (py - y) ** 2;
      if (i > 0 && away < nearest) [nearest, step] = [away, i];
    });
  }
  return step;
}
