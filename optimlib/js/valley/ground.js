import { numberText, svg } from "../ui/dom.js";
import { tenth, ticks, trace } from "./frame.js";

/** The room about the plot, in pixels: the numbers of the axes stand in it. */
export const MARGIN = { left: 42, right: 10, top: 10, bottom: 36 };

/** How many lines of equal loss there are. */
const RINGS = 10;

/** The numbers and the names of the axes. @param {import("./frame.js").Projection} projection */
export function axisMarks({ frame, size: { width, height }, toX, toY }) {
  const [left, bottom] = [MARGIN.left, MARGIN.top + height];
  const number = (value, x, y, anchor) => svg("text", { x: tenth(x), y: tenth(y), "text-anchor": anchor }, numberText(value));
  return [
    ...ticks(...frame.x, width / 70).map((value) => number(value, left + toX(value), bottom + 16, "middle")),
    ...ticks(...frame.y, height / 45).map((value) => number(value, left - 7, MARGIN.top + toY(value) + 4, "end")),
    svg("text", { class: "ol-axis-name", x: left + width / 2, y: bottom + 32, "text-anchor": "middle" }, "x₁"),
    svg("text", { class: "ol-axis-name", x: 12, y: MARGIN.top + height / 2, "text-anchor": "middle" }, "x₂"),
  ];
}

/** The ground and its lines of equal loss. */
export function groundOf(projection, { surface, contours }) {
  return [svg("rect", { class: "ol-ground", ...projection.size }), ...(surface ? ellipses(projection, surface) : polylines(projection, contours))];
}

/** Lines of equal loss of a quadratic: exact ellipses, evenly spaced (so the loss grows by the square). */
function ellipses({ frame, scale: [scaleX, scaleY], toX, toY }, surface) {
  const [c, s] = surface.fromAxes([1, 0]);
  const matrix = [scaleX * c, -scaleY * s, -scaleX * s, -scaleY * c, toX(0), toY(0)].join(" ");
  const highest = Math.max(...frame.x.flatMap((x1) => frame.y.map((x2) => surface.loss([x1, x2]))));
  const rings = [];
  for (let i = RINGS; i > 0; i--) {
    const loss = highest * (i / RINGS) ** 2;
    const [rx, ry] = surface.curvatures.map((curvature) => Math.sqrt((2 * loss) / curvature));
    rings.push(svg("ellipse", { rx, ry }));
  }
  const floor = svg("path", { class: "ol-floor", d: `M${tenth(toX(0)) - 6},${tenth(toY(0))}h12m-6,-6v12` });
  return [svg("g", { transform: `matrix(${matrix})` }, ...rings), floor];
}

/** The lines of equal loss that Python found. */
function polylines({ toX, toY }, contours) {
  const d = (line) =>
    "M" +
    trace(line, toX, toY)
      .map((p) => p.map(tenth).join())
      .join("L");
  return contours.map((line) => svg("path", { class: "ol-contour", d: d(line) }));
}

/** What makes an arrow of a gradient, in pixels: half of the picture for the steepest that is in it. */
export function gradientScaleOf({ frame, size, scale }, surface) {
  if (!surface) return 0;
  const corners = frame.x.flatMap((x1) => frame.y.map((x2) => [x1, x2]));
  const steepest = Math.max(...corners.map((corner) => Math.hypot(...surface.gradient(corner).map((g, i) => g * scale[i]))));
  return steepest > 0 ? (0.5 * Math.min(size.width, size.height)) / steepest : 0;
}
