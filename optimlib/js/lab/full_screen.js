import { createPlace } from "../ui/place.js";

/** For so many frames the browser may still be giving the window, and the lab its drawing, the size that they had. */
const FRAMES = 30;

/** Put what opens below the valley among the panels, which scroll, so that the valley keeps the height that there is; or back where it was. */
function moveLayers(on, { valley, keysPlace, layers }) {
  const boxes = Object.values(layers).map(({ element }) => element);
  if (on) keysPlace.parentElement.querySelector(".ol-chips").after(...boxes);
  else valley.closest(".ol-stage").append(...boxes);
}

/**
 * Full screen with large type, for a class. Where one was is where the lab stood, or its button, far below, for who pressed that. Gives what
 * enters and leaves it: toggle(isPressed), whether it was by the button.
 * @param {ReturnType<typeof import("./lab_view.js").createLabView>} view
 */
export function createFullScreen({ resize, tools }) {
  const { root, valley, buttons } = tools;
  const button = buttons.fullScreen;
  const isOn = () => root.classList.contains("ol-class");
  const isOff = () => !isOn();
  let place = createPlace(root);
  function show(on, isPressed) {
    if (on) {
      place = createPlace(isPressed ? button : root);
      place.take();
    }
    root.classList.toggle("ol-class", on);
    moveLayers(on, tools);
    button.setAttribute("aria-pressed", on);
    button.textContent = on ? "Leave full screen" : "Full screen";
    (on ? root : button).focus({ preventScroll: true });
    if (on) return;
    resize(valley.clientWidth);
    place.comeBack(isOff, FRAMES);
  }
  root.addEventListener("fullscreenchange", () => {
    if (document.fullscreenElement === root) return;
    if (isOn()) show(false);
    else place.comeBack(isOff, FRAMES);
  });
  return async function toggle(isPressed = false) {
    const on = !isOn();
    show(on, isPressed);
    try {
      if (on) await root.requestFullscreen();
      else if (document.fullscreenElement) await document.exitFullscreen();
    } catch {
      // Where full screen is not allowed the lab fills the window, which its class does.
    }
  };
}
