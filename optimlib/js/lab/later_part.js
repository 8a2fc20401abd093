import { html, setText } from "../ui/dom.js";

/**
 * A part whose code is a script of its own, since few open it: that comes when the part is made. load() gives the maker of the part called so.
 * What could not be had is tried again when the part is opened again.
 * @param {string} name
 * @param {() => Promise<(actions: any) => import("./part_boxes.js").Part>} load
 */
export const laterPart = (name, load) => (actions) => {
  const element = html("div");
  let [part, scene, isLoading, isEntered] = [null, null, false, false];
  async function begin() {
    isLoading = true;
    try {
      part = (await load())(actions);
      element.replaceChildren(part.element);
      part.draw?.(scene);
      if (isEntered) actions.enter(name); // it has become higher
    } catch (error) {
      setText(element, error.message);
    }
    isLoading = false;
  }
  begin();
  return {
    element,
    draw(now) {
      scene = now;
      part?.draw?.(now);
    },
    focus() {
      isEntered = true;
      if (part) part.focus?.();
      else if (!isLoading) begin();
    },
  };
};
