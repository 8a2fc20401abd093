import { html, setAttributes, setText, svg } from "../ui/dom.js";
import { keepOnSwipe } from "../ui/sliders.js";

const ICONS = {
  play: "M5 3l12 7-12 7z",
  pause: "M5 3h3.5v14H5zM11.5 3H15v14h-3.5z",
  back: "M4 4h2.5v12H4zM16 4v12l-8-6z",
  forward: "M13.5 4H16v12h-2.5zM4 4l8 6-8 6z",
  start: "M3 4h2.5v12H3zM11.5 4v12l-6-6zM17.5 4v12l-6-6z",
};

function iconButton(name, icon, onclick) {
  const path = svg("path", { d: ICONS[icon] });
  const picture = svg("svg", { viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" }, path);
  const element = html("button", { type: "button", class: "ol-button", "aria-label": name, title: name, onclick }, picture);
  return {
    element,
    show(now) {
      setAttributes(element, { title: now, "aria-label": now });
      setAttributes(path, { d: ICONS[now] });
    },
  };
}

/** Play and pause, to the beginning, one step back and forward, half speed, and a slider over the steps. */
export function createTransport({ onPlay, onStep, onSlow }) {
  let shown = {};
  const playButton = iconButton("play", "play", () => onPlay(!shown.playing));
  const scrub = html("input", { type: "range", class: "ol-range", min: 0, "aria-label": "step", oninput: () => onStep(Number(scrub.value)) });
  const count = html("output", { class: "ol-count", "aria-live": "off" });
  const slowButton = html("button", { type: "button", class: "ol-button", "aria-label": "half speed, ½×", title: "half speed", onclick: onSlow }, "½×");
  keepOnSwipe(scrub, () => shown.step, onStep);
  const steppers = [
    iconButton("to step 0", "start", () => onStep(0)).element,
    iconButton("step back", "back", () => onStep(shown.step - 1)).element,
    iconButton("step forward", "forward", () => onStep(shown.step + 1)).element,
  ];
  const controls = [playButton.element, ...steppers, slowButton, scrub];
  return {
    element: html("div", { class: "ol-transport" }, ...controls, count),
    draw(scene) {
      shown = scene;
      const { step, steps, playing, asking, slow } = scene;
      setAttributes(slowButton, { "aria-pressed": slow });
      playButton.show(playing ? "pause" : "play");
      setAttributes(scrub, { max: steps });
      scrub.value = step;
      steppers.forEach((button, i) => setAttributes(button, { "aria-disabled": step === (i < 2 ? 0 : steps) })); // it keeps the focus
      for (const control of controls) control.disabled = asking;
      setText(count, `step ${step} of ${steps}`);
    },
  };
}
