import { html, numberText, setAttributes, setText, svg } from "../ui/dom.js";
import { tenth, ticks } from "../valley/frame.js";
import { endWords } from "./strip_scene.js";

const LEFT = 34; // for the numbers of the scale
const [HALF, NARROW, TALL] = [34, 400, 44]; // the pixels from 0 to the limit, and in a column narrower than so many
const LEAST = 2; // of a bar that is not 0: it is to be seen that it is there
const PAD = 4;

/** The room for the numbers of the steps, below the last row. */
const STEPS = 16;

/** A row of bars over the steps, under its name and what it comes to in the end. isLast: whether the steps are numbered below it. */
export function createBars(look, isLast) {
  const [name, compared, end] = [html("span"), html("small"), html("strong")];
  const [scale, bars, drift] = [svg("g", { class: "ol-bar-scale" }), svg("path", { class: "ol-bar-values" }), svg("path", { class: "ol-bar-drift" })];
  const picture = svg("svg", { role: "img", height: 2 * (HALF + PAD) }, scale, drift, bars); // small bars are not hidden by the drift
  return {
    element: html("div", { class: `ol-bar-row ${look}` }, html("p", {}, name, compared, end), picture),
    /** @param {import("./strip_scene.js").StripRow} row */
    draw(row, step, width) {
      const room = width - LEFT;
      if (room < 60) return;
      const half = width < NARROW ? TALL : HALF;
      const height = 2 * (half + PAD) + (isLast ? STEPS : 0);
      const toY = (value) => half + PAD - (half * value) / row.limit;
      const lengthOf = (value) => Math.sign(value) * Math.max((half * Math.abs(value)) / row.limit, LEAST);
      const each = room / row.values.length;
      setAttributes(picture, { width, height });
      picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
      picture.setAttribute("aria-label", [`${row.name}, as bars`, row.scale, endWords(row.end)].filter(Boolean).join(", "));
      const marks = ticks(-row.limit, row.limit, 5).flatMap((value) => markOf(value, toY(value), width));
      scale.replaceChildren(...marks, ...(isLast ? stepMarks(row.values.length, each, height) : []));
      const bar = (value, i) =>
        `M${tenth(LEFT + i * each + 1)},${tenth(toY(0))}V${tenth(toY(0) - lengthOf(value))}h${tenth(Math.max(each - 2, 1))}V${tenth(toY(0))}z`;
      bars.setAttribute("d", row.values.slice(0, step).map(bar).join(""));
      const isDone = step === row.values.length;
      drift.setAttribute("d", isDone ? `M${LEFT},${tenth(toY(row.end.drift))}H${width}` : "");
      setText(name, row.name);
      setText(compared, row.scale);
      setText(end, endWords(row.end));
      end.hidden = !isDone;
    },
  };
}

/** The numbers of the steps. */
function stepMarks(count, each, height) {
  const shown = ticks(1, count, 4).filter((step) => step < count);
  const number = (step) => svg("text", { x: tenth(LEFT + (step - 0.5) * each), y: height - 2, "text-anchor": "middle", "aria-hidden": "true" }, step);
  return [...shown.map(number), svg("text", { x: LEFT + each * count, y: height - 2, "text-anchor": "end", "aria-hidden": "true" }, `step ${count}`)];
}

/** A number of the scale, and its line. */
function markOf(value, y, width) {
  return [
    svg("path", { d: `M${LEFT},${tenth(y)}H${width}`, class: value === 0 ? "ol-bar-zero" : "" }),
    svg("text", { x: LEFT - 6, y: tenth(y) + 4, "text-anchor": "end", "aria-hidden": "true" }, numberText(value)),
  ];
}
