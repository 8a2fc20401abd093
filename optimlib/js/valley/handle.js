import { svg } from "../ui/dom.js";

/** A ring to be dragged and moved by keys, with room for a finger. It does not scroll the page. */
export function createHandle(attributes) {
  const handle = svg(
    "g",
    { class: "ol-start", role: "slider", tabindex: 0, "data-lm-suppress-shortcuts": "true", ...attributes },
    svg("circle", { class: "ol-start-target", r: 22 }),
    svg("circle", { class: "ol-start-focus", r: 14 }),
    svg("circle", { class: "ol-start-ring", r: 8 }),
  );
  // For browsers that do not heed touch-action inside an SVG.
  handle.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  return handle;
}

const ARROW_KEYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Call move(right, up, event) for the arrow keys on an element, with -1, 0 or 1 each. */
export function onArrowKeys(element, move) {
  element.addEventListener("keydown", (event) => {
    if (!Object.hasOwn(ARROW_KEYS, event.key)) return;
    event.preventDefault();
    move(...ARROW_KEYS[event.key], event);
  });
}
