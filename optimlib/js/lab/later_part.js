import { html, setText } from "../ui/dom.js";

/**
 * A part whose code is a script of its own, since few open it: that comes when the part is made. load() gives the maker of the part.
 * What could not be had is tried again when the part is opened again.
 * @param {() => Promise<(actions: any) => import("./part_boxes.js").Part>} load
 */
export const laterPart = (load) => (actions) => {
  const element = html("div");
  let [part, scene, isLoading, isEntered] = [null, null, false, false];
  function enter() {
    element.scrollIntoView({ block: "nearest" }); // it has become higher
    part.focus?.();
  }
  async function begin() {
    isLoading = true;
    try {
      part = (await load())(actions);
      element.replaceChildren(part.element);
      part.draw?.(scene);
      if (isEntered) enter();
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
