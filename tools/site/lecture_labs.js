// The labs of the lecture. Each is made anew when it comes on: as its finding is, whatever was done with it before.

import { html } from "../../optimlib/js/ui/dom.js";
import { makeModels, RENDERS } from "./host.js";
import { savedState, stateOfFinding } from "./lab_state.js";

const wide = matchMedia("(min-width: 1000px) and (min-height: 500px)");
const lying = matchMedia("(min-width: 560px) and (max-width: 999px) and (max-height: 499px)"); // a phone on its side
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const ends = new Map(); // host -> what ends its lab

/** Make the lab of a place: it plays, unless it asks for a guess first. number: its own among the labs of the page. @param {HTMLElement} host */
export function makeLab(host, number, asks) {
  endLab(host);
  const state = stateOfFinding(host.dataset.finding);
  const predict = asks ? host.dataset.predict : "";
  const plays = !calm.matches && !predict;
  const models = makeModels([savedState({ lab: { ...state, number, predict, playing: plays, step: plays ? 0 : state.steps } })]);
  const el = html("div");
  host.replaceChildren(el);
  ends.set(host, RENDERS["optimlib.lab.Lab"]({ model: models.get("lab"), el, kernel: false }, models));
  fit(host);
}

/** @param {Element} host */
export function endLab(host) {
  ends.get(host)?.();
  ends.delete(host);
  host.replaceChildren();
}

/** A lab takes the height that there is where that is much, or little, and the lecture's full screen is the only one. */
function fit(host) {
  const lab = host.querySelector(".ol-lab");
  lab.classList.toggle("ol-class", wide.matches || lying.matches);
  for (const button of lab.querySelectorAll("button")) if (button.textContent === "Full screen") button.hidden = true;
}
for (const window of [wide, lying]) window.addEventListener("change", () => [...ends.keys()].forEach(fit));

const ANSWERS = ".ol-predict-panel :is(.ol-check, .ol-quiet)"; // the buttons of a lab that asks for a guess: to play it, and to show it without one

/** Let the paths of a lab be seen that asks for a guess. */
export function reveal(host) {
  const usable = [...host.querySelectorAll(ANSWERS)].filter((button) => !button.hidden && !button.disabled);
  usable[0]?.click();
}

/** Whether a click was on a button that lets the paths be seen. */
export const isAnswer = ({ target }) => target.closest(ANSWERS) !== null;

/** Play a lab, or hold it. */
export const play = (host) => host?.querySelector(".ol-transport button:not(:disabled)")?.click();
