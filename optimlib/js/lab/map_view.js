import { isConstant } from "../core/schedules.js";
import { THEORY } from "../core/theory.js";
import { html, setAttributes, setText, svg } from "../ui/dom.js";
import { limited } from "../valley/frame.js";
import { createHandle, onArrowKeys } from "../valley/handle.js";
import { MAPPED } from "../core/catalogue_more.js";
import { createCount, mapSceneOf, placeOf, settingAt, settingNow, settingWords, SIDE, stepsAtSetting } from "./map_grid.js";
import { mapAxes, paintGrid, placeUnder, plotSize, settingTransform, shadeKey, sizePicture, theoryLines } from "./map_picture.js";

/** What the map counts. */
const COUNTED = { stays: "steps until it stays below a millionth", first: "steps until it first gets there" };

/** What is said instead of the theory, which is for a rate that stays. */
const CHANGING =
  "The learning rate changes over time as in the lab: lr is the first one, or with a warm-up that after it. The theory, which is for a constant rate, has no lines here.";
/** What is said of the map of another ground than a quadratic valley. */
const OTHER_GROUND = "Theory’s lines are those of a quadratic valley: on this ground there are none.";
const NOISY = "The map leaves the noise out.";

/** Two choices: the map's rule and what it counts. onChoose() is called when the reader makes one; before that the lab's rules decide. */
function createChoices(onChoose) {
  let isChosen = false;
  const choose = () => {
    isChosen = true;
    onChoose();
  };
  const select = (label, options) =>
    html(
      "select",
      { class: "ol-chip", "aria-label": label, onchange: choose },
      ...Object.entries(options).map(([value, words]) => html("option", { value }, words)),
    );
  const rule = select("the map's rule", Object.fromEntries(Object.entries(MAPPED).map(([kind, { label }]) => [kind, label])));
  const measure = select("what the map counts", COUNTED);
  return {
    element: html("div", { class: "ol-chips" }, rule, measure),
    kind: () => rule.value,
    measure: () => measure.value,
    /** @param {import("./map_grid.js").MapScene} scene */
    draw({ settings }) {
      if (isChosen) return;
      if (!settings[rule.value]) rule.value = Object.keys(MAPPED).find((kind) => settings[kind]) ?? rule.value;
      measure.value = MAPPED[rule.value].counts;
    },
  };
}

/**
 * Call pick(column, row) where the reader clicks in a picture, drags its handle or moves it by keys, point(column, row) where the mouse
 * is, and leave(). placeAt(x, y): the place at a pixel of the picture; placeNow(): that of the handle.
 */
function followPicking(picture, handle, { pick, placeAt, placeNow, point, leave }) {
  const placeOfPointer = (event) => {
    const corner = picture.getBoundingClientRect();
    return placeAt(event.clientX - corner.left, event.clientY - corner.top);
  };
  picture.addEventListener("click", (event) => {
    pick(...placeOfPointer(event));
    handle.focus({ preventScroll: true });
  });
  let dragging = false;
  handle.addEventListener("pointerdown", (event) => {
    dragging = true;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => dragging && pick(...placeOfPointer(event)));
  for (const type of ["pointerup", "pointercancel"]) handle.addEventListener(type, () => (dragging = false));
  picture.addEventListener("pointermove", (event) => event.pointerType === "mouse" && point(...placeOfPointer(event)));
  picture.addEventListener("pointerleave", leave);
  onArrowKeys(handle, (right, up, { shiftKey }) => {
    const [column, row] = placeNow();
    const by = shiftKey ? 5 : 1;
    pick(column + by * right, row + by * up);
  });
}

/** What the handle says of its place. */
const factsOfPlace = (kind, column, row, words) => ({
  "aria-valuemin": 0,
  "aria-valuemax": SIDE * SIDE - 1,
  "aria-valuenow": row * SIDE + column,
  "aria-valuetext": words,
  "aria-label": `setting of ${MAPPED[kind].label}`,
});

/**
 * The part with a map of the steps to converge over the learning rate and beta or rho. pick(setting, steps) is called for the
 * setting that is clicked, dragged or moved to by keys, with the steps that it needs; it says whether there is room to run it.
 */
export function createMapPart({ pick }) {
  const choices = createChoices(() => update(""));
  const canvas = html("canvas", { width: SIDE, height: SIDE, role: "img", "aria-label": "map of the steps to converge" });
  const [lines, axes] = [svg("g"), svg("g", { class: "ol-axes", "aria-hidden": "true" })];
  const handle = createHandle({ "aria-roledescription": "setting on the map" });
  const picture = svg("svg", { role: "group", "aria-label": "steps to converge" }, axes, lines, handle);
  const said = html("p", { class: "ol-map-said", role: "status" });
  const [key, about] = [html("p", { class: "ol-map-key" }), html("p")];
  const element = html("div", { class: "ol-map" }, choices.element, html("div", { class: "ol-map-picture" }, canvas, picture), said, key, about);
  const count = createCount({ onBusy: () => element.setAttribute("aria-busy", "true"), onDone });

  let scene = null; // a MapScene
  let plot = null; // of map_picture.js
  let measuredAt = 0; // the width of the stage for which its own was measured
  let painted = ""; // what the picture is for, the handle aside
  const stepsAt = (column, row) => count.stepsAt(choices.measure(), column, row);
  const wordsAt = (...place) => settingWords(settingAt(choices.kind(), ...place), count.isDone() ? stepsAt(...place) : null);
  const placeNow = () => placeOf(choices.kind(), scene.settings[choices.kind()]);

  function onDone() {
    element.removeAttribute("aria-busy");
    update("");
  }
  /** Draw what is not as it was: painted is "" where all is to be drawn again. */
  function update(before) {
    const kind = choices.kind();
    count.begin(kind, scene);
    const isChanging = !isConstant(scene.schedules[kind]);
    const hasTheory = !isChanging && !scene.ground.kind;
    painted = JSON.stringify([plot, kind, scene.ground, scene.curvatures, scene.theme, scene.noisy, isChanging]);
    if (painted !== before) {
      axes.replaceChildren(...mapAxes(plot, MAPPED[kind].over));
      lines.replaceChildren(...(hasTheory ? theoryLines(plot, kind, scene.curvatures) : []));
      lines.setAttribute("class", `ol-${kind}`);
      setText(
        about,
        [scene.noisy && NOISY, isChanging && CHANGING, scene.ground.kind && OTHER_GROUND, hasTheory && THEORY[kind].words].filter(Boolean).join(" "),
      );
      paintGrid(canvas, stepsAt, scene.theme);
      key.replaceChildren(...shadeKey(scene.theme));
    }
    drawHandle();
  }
  function drawHandle() {
    const kind = choices.kind();
    const setting = settingNow(kind, scene.settings[kind]);
    const words = settingWords(setting, count.isDone() ? stepsAtSetting(setting, scene)[choices.measure()] : null);
    const transform = settingTransform(setting.lr, setting[MAPPED[kind].over], plot);
    setAttributes(handle, { transform, ...factsOfPlace(kind, ...placeNow(), words) });
    setText(said, words);
  }
  function pickAt(column, row) {
    const place = [limited(column, 0, SIDE - 1), limited(row, 0, SIDE - 1)];
    const isRun = pick(settingAt(choices.kind(), ...place), stepsAt(...place));
    setText(said, isRun ? wordsAt(...place) : `There is no room for ${MAPPED[choices.kind()].label}: remove a rule first.`);
  }
  const placeAt = (x, y) => placeUnder(x, y, plot);
  followPicking(picture, handle, { pick: pickAt, placeAt, placeNow, point: (...place) => setText(said, wordsAt(...place)), leave: drawHandle });

  /** Lay out for the width that there is, when that may have changed. */
  function layOut(width) {
    if (width === measuredAt) return;
    measuredAt = width;
    plot = plotSize(element.clientWidth, parseFloat(getComputedStyle(axes).fontSize)) ?? plot;
    if (plot) sizePicture(canvas, picture, plot);
  }
  return {
    element,
    draw(given) {
      scene = mapSceneOf(given);
      choices.draw(scene);
      layOut(given.width);
      if (plot) update(painted);
    },
  };
}
