import { numberText, powerOf, setAttributes, svg, tenTo } from "../ui/dom.js";
import { rounded, tenth } from "./frame.js";
import { createHandle, onArrowKeys } from "./handle.js";

/** How far a name is kept from the edges of the plot, in pixels. */
const [BESIDE, BELOW] = [32, 30];

/** Put an element at a point, or at the edge for one outside, as large as the picture; its name stands where there is room. */
export function placeNamed(element, point, { inside, size, large }) {
  const [x, y] = inside(point);
  const place = `translate(${tenth(x)},${tenth(y)})scale(${large})`;
  if (element.getAttribute("transform") === place) return;
  const anchor = x < BESIDE * large ? "start" : x > size.width - BESIDE * large ? "end" : "middle";
  element.setAttribute("transform", place);
  setAttributes(element.querySelector("text"), { "text-anchor": anchor, y: y > size.height - BELOW * large ? -14 : 27 });
}

/**
 * The point that the reader moves: dragged, or by keys. name: what it is called. under(event) gives the pixels of the plot under
 * a pointer, onGrip() is called when it is taken hold of, and onMove(point) while it moves.
 */
export function createStart({ name, under, onGrip, onMove }) {
  const handle = createHandle({ "aria-label": name, "aria-roledescription": "point on the valley" });
  handle.append(svg("text", { class: "ol-start-name", "aria-hidden": "true" }, name));
  let projection = null;
  let at = null; // where it is; ahead of the scene while keys come faster than frames
  let canMove = false;
  let grip = null; // while dragging: how far from its middle the pointer took hold
  /** To a point, inside the frame. */
  function move(point) {
    if (!canMove) return;
    at = rounded(projection.frame, point);
    onMove(at);
  }
  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !canMove) return;
    event.preventDefault();
    onGrip();
    handle.focus({ preventScroll: true });
    handle.setPointerCapture(event.pointerId);
    const [x, y] = under(event);
    grip = [x - projection.toX(at[0]), y - projection.toY(at[1])];
  });
  const drag = (event) => {
    if (!grip) return;
    const [x, y] = under(event).map((pixels, i) => pixels - grip[i]);
    if (event.type !== "pointermove") grip = null;
    if (event.type !== "pointercancel") move(projection.pointAt(x, y));
  };
  for (const type of ["pointermove", "pointerup", "pointercancel"]) handle.addEventListener(type, drag);
  onArrowKeys(handle, (right, up, { shiftKey }) => {
    const by = ([low, high]) => tenTo(powerOf((high - low) / 20)) * (shiftKey ? 10 : 1);
    move([at[0] + right * by(projection.frame.x), at[1] + up * by(projection.frame.y)]);
  });
  return {
    element: handle,
    move,
    isHeld: () => grip !== null,
    draw(scene, now) {
      const { start } = scene;
      [at, canMove, projection] = [start, scene.canMove, now];
      const text = `x1 ${numberText(start[0])}, x2 ${numberText(start[1])}`;
      const before = handle.getAttribute("transform");
      placeNamed(handle, start, now);
      if (handle.getAttribute("transform") === before && handle.getAttribute("aria-valuetext") === text) return;
      const facts = { "aria-valuemin": now.frame.x[0], "aria-valuemax": now.frame.x[1], "aria-valuenow": start[0], "aria-valuetext": text };
      setAttributes(handle, { "aria-disabled": !canMove, ...facts });
    },
  };
}
