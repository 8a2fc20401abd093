import { THEORY } from "../core/theory.js";
import { html, setAttributes, svg } from "../ui/dom.js";
import { limited } from "../valley/frame.js";
import { MAP_LRS, MAP_STEPS, MAP_VALUES, SIDE } from "./map_grid.js";

/**
 * How the map looks. A plot is its size in pixels inside the room about it, in which the numbers of the axes stand; letter is their size.
 * @typedef {{width: number, height: number, letter: number, room: {left: number, right: number, top: number, bottom: number}}} Plot
 */

/** The room for letters of 12 pixels. */
const LETTER = 12;
const MAP_ROOM = { left: 44, right: 12, top: 8, bottom: 38 };

/** The colours of the fewest steps, of the most, and of none, on a light page and a dark one. */
const SHADES = {
  light: [
    [8, 48, 107],
    [198, 219, 239],
    [246, 248, 250],
  ],
  dark: [
    [222, 235, 255],
    [33, 62, 104],
    [27, 33, 41],
  ],
};

/** The colour of a number of steps. */
function shadeOf(steps, [few, many, none]) {
  if (steps < 0) return none;
  const t = Math.log(1 + steps) / Math.log(1 + MAP_STEPS);
  return few.map((value, i) => Math.round(value + t * (many[i] - value)));
}

const acrossOf = (lr, { width }) => (Math.log10(lr / MAP_LRS[0]) / 3) * width;
const upOf = (value, { height }) => height * (1 - value / MAP_VALUES.at(-1));
const pixelOf = ([lr, value], plot) => [plot.room.left + acrossOf(lr, plot), plot.room.top + upOf(value, plot)];

/** The plot in a panel of this width, with letters of this size, or null where there is no room for it. @returns {?Plot} */
export function plotSize(whole, letter) {
  const large = letter / LETTER;
  const [left, right, top, bottom] = [MAP_ROOM.left, MAP_ROOM.right, MAP_ROOM.top, MAP_ROOM.bottom].map((pixels) => Math.round(pixels * large));
  const room = { left, right, top, bottom };
  const width = Math.floor(Math.min(whole, 640 * large)) - left - right;
  return width < 100 ? null : { width, height: limited(Math.round(width * 0.55), 170, 320), letter, room };
}

/** Give a canvas, and the picture that lies over it, the size of a plot. */
export function sizePicture(canvas, picture, { width, height, room: { left, top, right, bottom } }) {
  const [full, tall] = [width + left + right, height + top + bottom];
  setAttributes(picture, { width: full, height: tall, viewBox: `0 0 ${full} ${tall}` });
  Object.assign(canvas.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
}

/** Where a setting lies, as an SVG transform: one that the map does not reach, at its edge. */
export function settingTransform(lr, value, plot) {
  /** @type {[number, number]} */
  const inside = [limited(lr, MAP_LRS[0], MAP_LRS.at(-1)), limited(value, 0, MAP_VALUES.at(-1))];
  return `translate(${pixelOf(inside, plot).map((pixels) => pixels.toFixed(1))})`;
}

/** The place of the grid that is nearest to a pixel of the picture. */
export function placeUnder(x, y, { width, height, room }) {
  const placeOn = (share) => limited(Math.round(share * (SIDE - 1)), 0, SIDE - 1);
  return [placeOn((x - room.left) / width), placeOn(1 - (y - room.top) / height)];
}

/** Paint the steps at each setting. */
export function paintGrid(canvas, stepsAt, theme) {
  const pen = canvas.getContext("2d");
  const image = pen.createImageData(SIDE, SIDE);
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      image.data.set([...shadeOf(stepsAt(column, row), SHADES[theme]), 255], 4 * ((SIDE - 1 - row) * SIDE + column));
    }
  }
  pen.putImageData(image, 0, 0);
}

/** What the colours mean. */
export function shadeKey(theme) {
  const css = (steps) => `rgb(${shadeOf(steps, SHADES[theme])})`;
  return [10, 30, 100, MAP_STEPS, -1].map((steps) =>
    html("span", {}, html("i", { style: `background:${css(steps)}` }), steps < 0 ? "not within 300" : `${steps}`),
  );
}

/** The numbers and the names of the axes; name: of the setting that is not the learning rate. */
export function mapAxes(plot, name) {
  const { left, top } = plot.room;
  const base = top + plot.height;
  const down = (share) => base + share * plot.letter;
  const text = (words, x, y, anchor, isName) => svg("text", { x, y, "text-anchor": anchor, ...(isName && { class: "ol-axis-name" }) }, words);
  return [
    ...[0.01, 0.1, 1, 10].map((lr) => text(String(lr), left + acrossOf(lr, plot), down(1.33), "middle")),
    ...[0, 0.5, 0.9].map((value) => text(String(value), left - 6, top + upOf(value, plot) + plot.letter / 3, "end")),
    text("learning rate", left + plot.width / 2, down(2.75), "middle", true),
    text(name, 4, top + upOf(0.7, plot), "start", true),
  ];
}

/** What theory says of a rule in the steepest direction, where it does: the edge of stability, and the border where it stops to help. */
export function theoryLines(plot, kind, curvatures) {
  const largest = Math.max(...curvatures);
  const line = (points, look) => {
    const inside = points.filter(([lr, beta]) => lr >= MAP_LRS[0] && lr <= 10 && beta >= 0 && beta <= MAP_VALUES.at(-1));
    const d = inside
      .map((point) =>
        pixelOf(point, plot)
          .map((pixels) => pixels.toFixed(1))
          .join(),
      )
      .join("L");
    return svg("path", { class: look, d: d && `M${d}` });
  };
  const fine = Array.from({ length: 400 }, (_, i) => 0.01 * 1000 ** (i / 399));
  const { edge, border } = THEORY[kind];
  return [
    ...(edge
      ? [
          line(
            MAP_VALUES.map((beta) => [edge(largest, beta), beta]),
            "ol-edge",
          ),
        ]
      : []),
    ...(border
      ? [
          line(
            fine.map((lr) => [lr, border(lr, largest)]),
            "ol-border",
          ),
        ]
      : []),
  ];
}
