import { html, setText } from "../ui/dom.js";
import { keepOnSwipe } from "../ui/sliders.js";

/** How long a step is seen, in milliseconds. */
const PACE = 250;

/**
 * Play and pause, one step on, and a slider over the steps. read() gives {step, steps}, go(step) goes there, and changed() is called
 * when it begins or ends to play.
 */
export function createPlayer({ read, go, changed }) {
  let timer = 0;
  const halt = () => {
    clearTimeout(timer);
    timer = 0;
  };
  function advance() {
    const { step, steps } = read();
    if (!element.isConnected || step >= steps) halt();
    else timer = window.setTimeout(advance, PACE);
    if (step < steps) go(step + 1);
    else changed();
  }
  function play() {
    const { step, steps } = read();
    if (timer) {
      halt();
      return changed();
    }
    return playFrom(step >= steps ? 0 : step);
  }
  function playFrom(step) {
    halt();
    timer = window.setTimeout(advance, PACE);
    go(step);
    changed();
  }
  const stand = (step) => {
    halt();
    go(step);
    changed();
  };
  const button = html("button", { type: "button", class: "ol-chip", onclick: play }, "Play");
  const next = html("button", { type: "button", class: "ol-chip", onclick: () => stand(read().step >= read().steps ? 0 : read().step + 1) }, "One step");
  const scrub = html("input", { type: "range", class: "ol-range", min: 0, "aria-label": "step", oninput: () => stand(Number(scrub.value)) });
  const count = html("output", { class: "ol-count", "aria-live": "off" });
  keepOnSwipe(scrub, () => read().step, stand);
  const element = html("div", { class: "ol-transport" }, button, next, scrub, count);
  return {
    element,
    playing: () => timer !== 0,
    draw() {
      const { step, steps } = read();
      setText(button, timer ? "Pause" : "Play");
      scrub.max = String(steps);
      scrub.value = String(step);
      setText(count, `step ${step} of ${steps}`);
    },
    replay: () => playFrom(0),
    end: halt,
  };
}
