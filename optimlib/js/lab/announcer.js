import { html, setText } from "../ui/dom.js";

/** How long things must stand still before it is said where they are, in milliseconds. */
const PAUSE = 500;

/** Tells those who do not see it where the rules are, once things stand still; not what stood there at first. */
export function createAnnouncer() {
  const element = html("p", { class: "ol-unseen", role: "status" });
  let said; // what is said, or is about to be
  let waiting; // the timer
  return {
    element,
    draw(scene) {
      if (scene.said === null) return;
      if (scene.said === "") setText(element, ""); // where it ends is said in any case
      if (scene.said === said) return;
      clearTimeout(waiting);
      if (said !== undefined && scene.said !== "") waiting = setTimeout(() => setText(element, said), PAUSE);
      ({ said } = scene);
    },
    end: () => clearTimeout(waiting),
  };
}
