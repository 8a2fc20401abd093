import { html } from "../ui/dom.js";
import { isOpen } from "./changes.js";
import { LAYERS, PANELS } from "../core/catalogue.js";

/**
 * A part of a lab, which is drawn while it is open.
 * @typedef {{element: Element, draw?: (scene: import("./scene.js").Scene) => void, focus?: () => void}} Part
 */

/**
 * The place of a part: made when it is first open, and hidden while it is not. makePart(name) gives a Part, or null as long as its code is
 * not there. It is open while the part called opener is, most often itself.
 */
export function createPartBox(name, look, makePart, opener = name) {
  const element = html("div", { class: look });
  let part = null;
  return {
    element,
    draw(scene) {
      element.hidden = !scene.open.includes(opener);
      if (element.hidden) return;
      if (!part && (part = makePart(name))) element.replaceChildren(part.element);
      part?.draw?.(scene);
    },
    /** Take the focus, where the part wants it. */
    focus: () => part?.focus?.(),
  };
}

/** The button that opens and closes a part. */
export function createToggle(name, onToggle) {
  const element = html("button", { type: "button", class: "ol-chip", onclick: () => onToggle(name) }, LAYERS[name] ?? PANELS[name]);
  const state = Object.hasOwn(PANELS, name) ? "aria-expanded" : "aria-pressed";
  return { element, draw: ({ lab }) => element.setAttribute(state, isOpen(lab, name)) };
}
