import { numberText, svg } from "../ui/dom.js";
import { tenth, ticks, trace } from "./frame.js";

/** The size of the letters on a page, in pixels. */
export const LETTER = 12;

/** The room about the plot, in pixels: the numbers of the axes stand in it. letter: their size. */
export const marginOf = (letter) => ({ left: 3.5 * letter, right: 0.85 * letter, top: 0.85 * letter, bottom: 3 * letter });

/** How many lines of equal loss there are. */
const RINGS = 10;

/** The numbers and the names of the axes: apart from each other, and whole. @param {import("./frame.js").Projection} projection */
export function axisMarks({ frame, size: { width, height }, toX, toY, large }) {
  const letter = LETTER * large;
  const { left, right, top } = marginOf(letter);
  const bottom = top + height;
  const text = (words, x, y, anchor, more) => svg("text", { x: tenth(x), y: tenth(y), "text-anchor": anchor, ...more }, words);
  const name = (words, x, y) => text(words, x, y, "middle", { class: "ol-axis-name" });
  const longest = Math.max(...frame.x.map((value) => numberText(Number(value.toPrecision(2))).length));
  const apart = (1.4 + 0.6 * longest) * letter; // room for the longest number across
  const across = ticks(...frame.x, width / apart).map((value) => ({ words: numberText(value), x: toX(value) }));
  const [few, more] = [apart, 2.5 * letter].map((pixels) => ticks(...frame.y, height / pixels));
  const up = (few.length < 3 ? more : few).map((value) => ({ words: numberText(value), y: toY(value) }));
  const middle = up.length >> 1; // the name stands between two numbers
  const between = up.length > 1 ? (up[middle - 1].y + up[middle].y) / 2 : height / 2;
  const squeezed = (words) => words.length > 4 && { textLength: 2.8 * letter, lengthAdjust: "spacingAndGlyphs" };
  const half = (words) => 0.33 * words.length * letter;
  return [
    ...across
      .filter(({ words, x }) => x > half(words) - 0.5 * letter && x < width + right - half(words))
      .map(({ words, x }) => text(words, left + x, bottom + 1.33 * letter, "middle")),
    ...up.map(({ words, y }) => text(words, left - 0.6 * letter, top + y + 0.35 * letter, "end", squeezed(words))),
    name("x₁", left + width / 2, bottom + 2.7 * letter),
    name("x₂", letter, top + between + 0.35 * letter),
  ];
}

/** The ground and its lines of equal loss. Beyond the frame it is not known where only Python knows the surface. */
export function groundOf(projection, { surface, contours, frame: { x, y } }) {
  const { size, scale, toX, toY } = projection;
  const place = surface ? size : { x: toX(x[0]), y: toY(y[1]), width: (x[1] - x[0]) * scale, height: (y[1] - y[0]) * scale };
  const lines = surface && !surface.lines ? ellipses(projection, surface) : polylines(projection, surface?.lines(projection.frame) ?? contours);
  return [svg("rect", { class: "ol-ground", ...place }), ...lines, ...(surface ? floors(projection, surface.minima ?? [[0, 0]]) : [])];
}

/** A plus at each of the lowest points. */
function floors({ toX, toY, large }, minima) {
  const r = 6 * large;
  return minima.map(([x1, x2]) => svg("path", { class: "ol-floor", d: `M${tenth(toX(x1) - r)},${tenth(toY(x2))}h${2 * r}m${-r},${-r}v${2 * r}` }));
}

/** Lines of equal loss of a quadratic: exact ellipses, evenly spaced (so the loss grows by the square). */
function ellipses({ frame, scale, toX, toY }, surface) {
  const [c, s] = surface.fromAxes([scale, 0]);
  const matrix = [c, -s, -s, -c, toX(0), toY(0)].join(" ");
  const highest = Math.max(...frame.x.flatMap((x1) => frame.y.map((x2) => surface.loss([x1, x2]))));
  const rings = [];
  for (let i = RINGS; i > 0; i--) {
    const loss = highest * (i / RINGS) ** 2;
    const [rx, ry] = surface.curvatures.map((curvature) => Math.sqrt((2 * loss) / curvature));
    rings.push(svg("ellipse", { rx, ry }));
  }
  return [svg("g", { transform: `matrix(${matrix})` }, ...rings)];
}

/** The lines of equal loss of another ground, and those that Python found. */
function polylines({ toX, toY }, contours) {
  const d = (line) =>
    "M" +
    trace(line, toX, toY)
      .map((p) => p.map(tenth).join())
      .join("L");
  return contours.map((line) => svg("path", { class: "ol-contour", d: d(line) }));
}
