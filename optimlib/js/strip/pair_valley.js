import { KINDS } from "../core/catalogue.js";
import { html, setAttributes, setText, svg } from "../ui/dom.js";
import { projectionOf, tenth } from "../valley/frame.js";
import { MARKERS } from "../valley/markers.js";
import { createRunViews } from "../valley/run_view.js";
import { shareText } from "./pair_scene.js";

const EDGE = 20; // for the names of the axes

/** The share of the window's height that a picture may take, so that the controls are in view with it; and what it has at least, in pixels. */
const [SHARE, LEAST] = [0.34, 200];

/** How many lines of equal loss there are. */
const RINGS = 12;

/** One valley of a pair: its picture, square and with equal axes, and below it how far each rule has still to go. */
export function createPairValley(rules) {
  const [ground, lines, balls] = [svg("g", { class: "ol-contours" }), svg("g"), svg("g")];
  const runs = createRunViews({ lines, balls });
  const start = svg("circle", { class: "ol-start-ring", r: 7 });
  const plot = svg("svg", { x: EDGE, y: 0, overflow: "hidden" }, ground, start, lines, balls);
  const axes = svg("g", { class: "ol-axes", "aria-hidden": "true" });
  const picture = svg("svg", { role: "img" }, axes, plot);
  const name = html("p", { class: "ol-pair-name" });
  const gauges = rules.map(({ kind, label }) => createGauge(kind, label));
  let drawn = {}; // {frame, surface, width}, as words, and the projection of it
  const element = html("div", { class: "ol-pair-valley" }, name, picture, ...gauges.map((gauge) => gauge.element));
  return {
    element,
    /** @param {import("./pair_scene.js").PairView} view */
    draw(view, step, width) {
      const side = Math.min(width - EDGE, Math.max(innerHeight * SHARE, LEAST));
      if (side < 60) return;
      element.style.width = `${side + EDGE}px`;
      setText(name, view.name);
      const words = view.runs.map((_, i) => `${rules[i].label} ${shareText(view.toGo[i])}`).join(", ");
      picture.setAttribute("aria-label", `${view.name}, seen from above. Still to go: ${words}`);
      const key = JSON.stringify([view.frame, view.surface.curvatures, view.surface.angle, side]);
      if (drawn.key !== key) drawn = { key, projection: layOut(view, side) };
      runs.draw({ runs: view.runs, step, part: 0 }, drawn.projection);
      gauges.forEach((gauge, i) => gauge.draw(view.toGo[i]));
    },
  };

  function layOut(view, side) {
    const projection = projectionOf(view.frame, { width: side, height: side });
    setAttributes(picture, { width: side + EDGE, height: side + EDGE, viewBox: `0 0 ${side + EDGE} ${side + EDGE}` });
    setAttributes(plot, { width: side, height: side });
    const [x, y] = view.runs[0].points[0];
    setAttributes(start, { cx: tenth(projection.toX(x)), cy: tenth(projection.toY(y)) });
    ground.replaceChildren(svg("rect", { class: "ol-ground", width: side, height: side }), ...ringsOf(projection, view));
    axes.replaceChildren(
      svg("text", { class: "ol-axis-name", x: EDGE + side / 2, y: side + 15, "text-anchor": "middle" }, "x₁"),
      svg("text", { class: "ol-axis-name", x: 8, y: side / 2, "text-anchor": "middle" }, "x₂"),
    );
    return projection;
  }
}

/** Lines of equal loss, of the same losses in every valley of the pair, and a plus at the lowest point. @param {import("../valley/frame.js").Projection} projection */
function ringsOf({ scale, toX, toY }, { surface, highest }) {
  const [c, s] = surface.fromAxes([scale, 0]);
  const matrix = [c, -s, -s, -c, toX(0), toY(0)].join(" ");
  const rings = Array.from({ length: RINGS }, (_, i) => {
    const loss = highest * ((RINGS - i) / RINGS) ** 2;
    const [rx, ry] = surface.curvatures.map((curvature) => Math.sqrt((2 * loss) / curvature));
    return svg("ellipse", { rx, ry });
  });
  const lowest = svg("path", { class: "ol-floor", d: `M${tenth(toX(0)) - 6},${tenth(toY(0))}h12m-6,-6v12` });
  return [svg("g", { transform: `matrix(${matrix})` }, ...rings), lowest];
}

/** A bar of how far a rule has still to go: full at the start. */
function createGauge(kind, label) {
  const [bar, share] = [html("i"), html("span", { class: "ol-value" })];
  const mark = svg(
    "svg",
    { viewBox: "-7 -7 14 14", width: 12, height: 12, "aria-hidden": "true" },
    svg("path", { class: "ol-marks", d: `M0,0${MARKERS[KINDS[kind].marker](4.5)}` }),
  );
  return {
    element: html(
      "div",
      { class: `ol-to-go ol-${kind}` },
      html("span", {}, mark, label),
      share,
      html("span", { class: "ol-gauge", "aria-hidden": "true" }, bar),
    ),
    draw(value) {
      bar.style.width = `${100 * Math.min(value, 1)}%`;
      setText(share, shareText(value));
    },
  };
}
