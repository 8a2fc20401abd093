import { KINDS, SETTINGS } from "../core/catalogue.js";
import { html, setText, svg } from "../ui/dom.js";
import { sweepRows } from "../core/sweep.js";
import { THEORY } from "../core/theory.js";
import { createHandle, limited } from "../valley/valley_view.js";

const SIDE = 64; // settings each way
const STEPS = 300;
const SLICE = 5; // milliseconds of work before the page may breathe
const ROOM_ABOUT = { left: 44, right: 12, top: 8, bottom: 38 };

/** A sixty-third of the way from 0.01 to 10, as a factor. Written out: ** is only as good as the browser's. */
const NEXT_LR = 1.1158839925077484;

/** The learning rates of the map, round numbers from 0.01 to 10, and the values of the other setting. */
export const MAP_LRS = [];
for (let i = 0, lr = 0.01; i < SIDE; i++, lr *= NEXT_LR) MAP_LRS.push(Number(lr.toPrecision(3)));
export const MAP_VALUES = Array.from({ length: SIDE }, (_, i) => Number(((0.98 * i) / (SIDE - 1)).toFixed(3)));

/** The rules that have a map, by kind. */
export const MAPPED = Object.fromEntries(Object.entries(KINDS).filter(([, { map }]) => map));

/** The colours of the fewest steps, of the most, and of none, on a light page and a dark one. */
const SHADES = { light: [[8, 48, 107], [198, 219, 239], [246, 248, 250]], dark: [[222, 235, 255], [33, 62, 104], [27, 33, 41]] };

/** The colour of a number of steps. */
function shadeOf(steps, [few, many, none]) {
  if (steps < 0) return none;
  const t = Math.log(1 + steps) / Math.log(1 + STEPS);
  return few.map((value, i) => Math.round(value + t * (many[i] - value)));
}

const breathe = () => new Promise((resolve) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => resolve(port1.close());
  port2.postMessage(0);
});

/** The index of the number that is nearest in a sorted list. */
const nearestIn = (list, value) => list.reduce((best, one, i) => (Math.abs(one - value) < Math.abs(list[best] - value) ? i : best), 0);

/**
 * A map of the steps to converge over the learning rate and beta or rho. onPick({kind, lr, beta or rho}, steps) is called for the
 * setting that is clicked, dragged or moved to by keys, with the steps that it needs; it says whether there is room to run it.
 */
export function createMap({ onPick }) {
  const choice = html("select", { class: "ol-chip", "aria-label": "the map's rule", onchange: () => choose(() => show(scene)) }, ...Object.entries(MAPPED).map(([kind, { label }]) => html("option", { value: kind }, label)));
  const measure = html("select", { class: "ol-chip", "aria-label": "what the map counts", onchange: () => choose(paint) }, html("option", { value: "stays" }, "steps until it stays below a millionth"), html("option", { value: "first" }, "steps until it first gets there"));
  const canvas = html("canvas", { width: SIDE, height: SIDE, role: "img", "aria-label": "map of the steps to converge" });
  const lines = svg("g");
  const axes = svg("g", { class: "ol-axes", "aria-hidden": "true" });
  const handle = createHandle({ "aria-roledescription": "setting on the map" });
  const picture = svg("svg", { role: "group", "aria-label": "steps to converge" }, axes, lines, handle);
  const said = html("p", { class: "ol-map-said", role: "status" });
  const key = html("p", { class: "ol-map-key" });
  const about = html("p");
  const element = html("div", { class: "ol-map" }, html("div", { class: "ol-chips" }, choice, measure), html("div", { class: "ol-map-picture" }, canvas, picture), said, key, about);

  let scene = null;
  let size = { width: 0, height: 0 }; // of the plot
  let run = null; // {of, done, first, stays}: what is on the map, or is being worked out
  const kindNow = () => choice.value;
  const nameNow = () => MAPPED[kindNow()].map.over;
  const settingsNow = () => ({ eps: SETTINGS.eps.usual, ...scene.settings[kindNow()] });
  let chosen = false; // whether the reader chose what the map shows
  function choose(then) {
    chosen = true;
    then();
  }

  const toX = (lr) => (Math.log10(lr / MAP_LRS[0]) / 3) * size.width;
  const toY = (value) => size.height * (1 - value / MAP_VALUES.at(-1));
  const stepsAt = (column, row) => run[measure.value][row * SIDE + column];
  const words = (column, row) => {
    const steps = stepsAt(column, row);
    const said = !run.done ? "counting …" : steps < 0 ? `not within ${STEPS} steps` : `${steps} steps`;
    return `lr ${MAP_LRS[column]}, ${nameNow()} ${MAP_VALUES[row]}: ${said}`;
  };

  async function work() {
    const { curvatures, angle, start } = scene;
    const of = JSON.stringify([curvatures, angle, start, kindNow(), settingsNow().eps]);
    if (run?.of === of) return;
    const mine = { of, done: false, first: new Int16Array(SIDE * SIDE).fill(-1), stays: new Int16Array(SIDE * SIDE).fill(-1) };
    run = mine;
    element.setAttribute("aria-busy", "true");
    const job = { curvatures, angle, start, kind: kindNow(), lrs: MAP_LRS, name: nameNow(), values: MAP_VALUES, eps: settingsNow().eps, steps: STEPS };
    let began = performance.now();
    for (const _ of sweepRows(job, mine.first, mine.stays)) {
      if (performance.now() - began < SLICE) continue;
      await breathe();
      if (run !== mine) return; // the settings have changed: another run is on its way
      began = performance.now();
    }
    run.done = true;
    element.removeAttribute("aria-busy");
    paint();
  }

  function paint() {
    const pen = canvas.getContext("2d");
    const image = pen.createImageData(SIDE, SIDE);
    const shades = SHADES[scene.theme];
    for (let row = 0; row < SIDE; row++) {
      for (let column = 0; column < SIDE; column++) {
        image.data.set([...shadeOf(stepsAt(column, row), shades), 255], 4 * ((SIDE - 1 - row) * SIDE + column));
      }
    }
    pen.putImageData(image, 0, 0);
    const css = (steps) => `rgb(${shadeOf(steps, shades)})`;
    key.replaceChildren(...[10, 30, 100, STEPS, -1].map((steps) => html("span", {}, html("i", { style: `background:${css(steps)}` }), steps < 0 ? "not within 300" : `${steps}`)));
    drawHandle();
  }

  function drawAxes() {
    const { width, height } = size;
    const { left, top } = ROOM_ABOUT;
    const text = (words, x, y, anchor, name) => svg("text", { x, y, "text-anchor": anchor, ...(name && { class: "ol-axis-name" }) }, words);
    axes.replaceChildren(
      ...[0.01, 0.1, 1, 10].map((lr) => text(String(lr), left + toX(lr), top + height + 16, "middle")),
      ...[0, 0.5, 0.9].map((value) => text(String(value), left - 6, top + toY(value) + 4, "end")),
      text("learning rate", left + width / 2, top + height + 33, "middle", true),
      text(nameNow(), 6, top + toY(0.7), "start", true),
    );
  }

  /** What theory says of the rule in the steepest direction. */
  function drawTheory() {
    const largest = Math.max(...scene.curvatures);
    const line = (points, look) => {
      const inside = points.filter(([lr, beta]) => lr >= MAP_LRS[0] && lr <= 10 && beta >= 0 && beta <= MAP_VALUES.at(-1));
      const d = inside.map(([lr, beta]) => `${(ROOM_ABOUT.left + toX(lr)).toFixed(1)},${(ROOM_ABOUT.top + toY(beta)).toFixed(1)}`).join("L");
      return svg("path", { class: look, d: d && `M${d}` });
    };
    const fine = Array.from({ length: 400 }, (_, i) => 0.01 * 1000 ** (i / 399));
    const { edge, border, words } = THEORY[kindNow()];
    const edges = edge ? [line(MAP_VALUES.map((beta) => [edge(largest, beta), beta]), "ol-edge")] : [];
    const borders = border ? [line(fine.map((lr) => [lr, border(lr, largest)]), "ol-border")] : [];
    lines.replaceChildren(...edges, ...borders);
    lines.setAttribute("class", `ol-${kindNow()}`);
    setText(about, words);
  }

  function drawHandle() {
    const settings = settingsNow();
    const [column, row] = [nearestIn(MAP_LRS, settings.lr ?? 0.1), nearestIn(MAP_VALUES, settings[nameNow()] ?? 0.5)];
    const facts = { "aria-valuemin": 0, "aria-valuemax": SIDE * SIDE - 1, "aria-valuenow": row * SIDE + column, "aria-valuetext": words(column, row), "aria-label": `setting of ${MAPPED[kindNow()].label}` };
    const place = `translate(${ROOM_ABOUT.left + toX(MAP_LRS[column])},${ROOM_ABOUT.top + toY(MAP_VALUES[row])})`;
    for (const [name, value] of Object.entries({ transform: place, ...facts })) handle.setAttribute(name, value);
    setText(said, words(column, row));
  }

  const pick = (column, row) => {
    const [at, up] = [limited(column, 0, SIDE - 1), limited(row, 0, SIDE - 1)];
    const isRun = onPick({ kind: kindNow(), lr: MAP_LRS[at], [nameNow()]: MAP_VALUES[up] }, stepsAt(at, up));
    setText(said, isRun ? words(at, up) : `There is no room for ${MAPPED[kindNow()].label}: remove a rule first.`);
  };
  const under = (event) => {
    const corner = picture.getBoundingClientRect();
    const [x, y] = [event.clientX - corner.left - ROOM_ABOUT.left, event.clientY - corner.top - ROOM_ABOUT.top];
    return [limited(Math.round((x / size.width) * (SIDE - 1)), 0, SIDE - 1), limited(Math.round((1 - y / size.height) * (SIDE - 1)), 0, SIDE - 1)];
  };
  picture.addEventListener("click", (event) => {
    pick(...under(event));
    handle.focus({ preventScroll: true });
  });
  let dragging = false;
  handle.addEventListener("pointerdown", (event) => {
    dragging = true;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => dragging && pick(...under(event)));
  for (const type of ["pointerup", "pointercancel"]) handle.addEventListener(type, () => (dragging = false));
  picture.addEventListener("pointermove", (event) => event.pointerType === "mouse" && run && setText(said, words(...under(event))));
  picture.addEventListener("pointerleave", () => run && drawHandle());
  handle.addEventListener("keydown", (event) => {
    const [right, up] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [0, 0];
    if (right === 0 && up === 0) return;
    event.preventDefault();
    const by = event.shiftKey ? 5 : 1;
    const settings = settingsNow();
    pick(nearestIn(MAP_LRS, settings.lr ?? 0.1) + by * right, nearestIn(MAP_VALUES, settings[nameNow()] ?? 0.5) + by * up);
  });

  function resize(whole) {
    const width = Math.min(whole, 640) - ROOM_ABOUT.left - ROOM_ABOUT.right;
    if (width < 100 || width === size.width) return;
    size = { width, height: limited(Math.round(width * 0.55), 170, 320) };
    const { left, top, right, bottom } = ROOM_ABOUT;
    const [full, tall] = [width + left + right, size.height + top + bottom];
    for (const [name, value] of Object.entries({ width: full, height: tall, viewBox: `0 0 ${full} ${tall}` })) picture.setAttribute(name, value);
    Object.assign(canvas.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${size.height}px` });
    shown = "";
  }

  let shown = ""; // what the axes and the lines are for
  /** scene: {curvatures, angle, start, theme, settings: {momentum, …}}, the settings by kind, null where the lab has no such rule. */
  function show(now) {
    scene = now;
    if (!chosen && !scene.settings[kindNow()]) choice.value = Object.keys(MAPPED).find((kind) => scene.settings[kind]) ?? kindNow();
    if (!chosen) measure.value = MAPPED[kindNow()].map.counts;
    work();
    const key = JSON.stringify([size, kindNow(), scene.curvatures, scene.theme]);
    if (key !== shown) {
      shown = key;
      drawAxes();
      drawTheory();
      paint();
    } else drawHandle();
  }
  return { element, show, resize };
}
