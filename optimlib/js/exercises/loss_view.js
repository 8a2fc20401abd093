import { html, numberText, powerText, setAttributes, svg } from "../ui/dom.js";
import { limited, ticks } from "../valley/frame.js";
import { createHandle, onArrowKeys } from "../valley/handle.js";

const EDGES = { left: 52, right: 16, top: 10, bottom: 40 };

/**
 * The loss over the steps, on a scale of powers of ten, with a point on the last step to be moved.
 * onPick(loss) is called while it is dragged, clicked or moved by keys.
 */
export function createLossView({ onPick }) {
  const axes = svg("g", { class: "ol-axes", "aria-hidden": "true" });
  const line = svg("path");
  const guide = svg("path", { class: "ol-guide" });
  const handle = createHandle({ "aria-label": "your guess of the loss", "aria-orientation": "vertical" });
  const picture = svg("svg", { role: "group", "aria-label": "the loss over the steps" }, axes, guide, line, handle);
  const element = html("div", { class: "ol-valley ol-losses" }, picture);

  let size = { width: 0, height: 0 };
  let shown = null;
  const power = (loss) => Math.log10(loss);
  const toX = (step) => EDGES.left + (step / shown.steps) * (size.width - EDGES.left - EDGES.right);
  const toY = (loss) => {
    const [low, high] = shown.powers;
    return EDGES.top + ((high - power(loss)) / (high - low)) * (size.height - EDGES.top - EDGES.bottom);
  };
  /** The loss of this power of ten: inside the picture, and a round number. */
  const lossOf = (place) => Number((10 ** limited(place, ...shown.powers)).toPrecision(2));
  const lossAt = (y) => {
    const [low, high] = shown.powers;
    return lossOf(high - ((y - EDGES.top) / (size.height - EDGES.top - EDGES.bottom)) * (high - low));
  };

  /** scene: {losses, steps, powers: [low, high], guess, look}. */
  function draw(scene) {
    shown = scene;
    if (size.width === 0) return;
    const marks = (low, high, count) => ticks(low, high, count).filter(Number.isInteger);
    const number = (text, x, y, anchor) => svg("text", { x, y, "text-anchor": anchor }, text);
    axes.replaceChildren(
      ...marks(...shown.powers, 6).map((place) => number(powerText(place), EDGES.left - 6, toY(10 ** place) + 4, "end")),
      ...marks(0, shown.steps, 5).map((step) => number(String(step), toX(step), size.height - EDGES.bottom + 16, "middle")),
      number("step", (EDGES.left + size.width) / 2, size.height - 6, "middle"),
      number("loss", 4, EDGES.top + 4, "start"),
    );
    const d = shown.losses.map((loss, step) => `${step ? "L" : "M"}${toX(step).toFixed(1)},${toY(loss).toFixed(1)}`).join("");
    line.setAttribute("d", d);
    line.setAttribute("class", `ol-bold ${scene.look}`);
    guide.setAttribute("d", `M${toX(shown.steps)},${EDGES.top}V${size.height - EDGES.bottom}`);
    const facts = {
      "aria-valuemin": shown.powers[0],
      "aria-valuemax": shown.powers[1],
      "aria-valuenow": power(shown.guess),
      "aria-valuetext": numberText(shown.guess),
    };
    setAttributes(handle, { transform: `translate(${toX(shown.steps)},${toY(shown.guess)})`, ...facts });
  }

  function resize(width) {
    if (width < 120 || width === size.width) return;
    size = { width, height: limited(Math.round(width * 0.45), 200, 320) };
    setAttributes(picture, { ...size, viewBox: `0 0 ${size.width} ${size.height}` });
    if (shown) draw(shown);
  }

  const lossUnder = (event) => lossAt(event.clientY - picture.getBoundingClientRect().top);
  followGuess(picture, handle, { pick: (event) => onPick(lossUnder(event)), move: (powers) => onPick(lossOf(power(shown.guess) + powers)) });
  return { element, draw, resize };
}

/** Call pick(event) where the reader clicks in a picture or drags its handle, and move(powers) for the arrow keys, with powers of ten. */
function followGuess(picture, handle, { pick, move }) {
  let dragging = false;
  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    dragging = true;
  });
  handle.addEventListener("pointermove", (event) => dragging && pick(event));
  for (const type of ["pointerup", "pointercancel"]) handle.addEventListener(type, () => (dragging = false));
  picture.addEventListener("click", pick);
  onArrowKeys(handle, (right, up, { shiftKey }) => move((right + up) * (shiftKey ? 5 : 0.5)));
}
