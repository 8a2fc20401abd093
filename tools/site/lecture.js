// The script of lecture.html: shows one moment of one scene, and makes the labs.

import { putStates, stateOfFinding } from "./lab_state.js";
import { actOf, addressOf, after, before, placeIn } from "./lecture_steps.js";

const SWIPE = 60; // pixels
const wide = matchMedia("(min-width: 1000px) and (min-height: 500px)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** @param {string} selector @param {ParentNode} [inside] @returns {any[]} */
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const scenes = all(".scene").map((element) => ({
  element,
  title: element.querySelector("h2"),
  moments: all(".moment", element),
  labs: all(".optimlib-widget", element),
}));
const counts = scenes.map(({ moments }) => moments.length);
let place = null;

/** The labs, each at its finding: they play when they are first seen, unless they ask for a guess. */
function makeLabs() {
  const states = {};
  const first = placeIn(location.hash, counts);
  const isShown = (host) => first?.moment > 0 && scenes[first.scene].labs.includes(host);
  all(".optimlib-widget").forEach((host, i) => {
    const state = stateOfFinding(host.dataset.finding);
    const predict = isShown(host) ? "" : host.dataset.predict; // a link to what comes after the guess gives it away
    const plays = !calm.matches && !predict;
    states[host.dataset.modelId] = { ...state, number: i + 1, predict, playing: plays, step: plays ? 0 : state.steps };
    new MutationObserver(() => fit(host)).observe(host, { childList: true });
  });
  putStates(states);
}

/** A lab has large type where there is room, and the lecture's full screen is the only one. */
function fit(host) {
  const lab = host.querySelector(".ol-lab");
  lab?.classList.toggle("ol-class", wide.matches);
  for (const button of all("button", host)) if (button.textContent === "Full screen") button.hidden = true;
}

/** Show a place; what was to be guessed is open once the moment after it shows. address: what then stands in the address. */
function show(to, address = addressOf(to)) {
  const isNewScene = to.scene !== place?.scene;
  place = to;
  scenes.forEach(({ element }, i) => (element.hidden = i !== to.scene));
  const { title, moments, labs } = scenes[to.scene];
  moments.forEach((moment, i) => (moment.hidden = i !== to.moment));
  const { finding } = moments[to.moment].dataset;
  for (const lab of labs) {
    lab.hidden = lab.dataset.finding !== finding;
    if (!lab.hidden && to.moment > 0) reveal(lab);
  }
  all(".numbers a").forEach((link, i) => (i === to.scene ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current")));
  if (location.hash !== address) history.replaceState(history.state, "", address);
  (isNewScene ? title : moments[to.moment]).focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: "instant" });
}

/** The buttons of a lab that asks for a guess: to play it, and to show it without one. */
const answers = (lab) => all(".ol-predict-panel .ol-check, .ol-predict-panel .ol-quiet", lab).filter((button) => !button.hidden && !button.disabled);

/** Let the paths of a lab be seen that asks for a guess. */
const reveal = (lab) => answers(lab)[0]?.click();

/** What the reader of a lab did by its own buttons: once it shows, so does what the lecture says of it. */
function followLab(event) {
  const { moments } = scenes[place.scene];
  const isAnswer = event.target.closest(".ol-predict-panel .ol-check, .ol-predict-panel .ol-quiet");
  const next = moments[place.moment + 1];
  if (isAnswer && next?.dataset.finding === moments[place.moment].dataset.finding) show(after(place, counts));
}

/** A choice is made: the next moment says whether it is right. */
function choose(button) {
  const to = after(place, counts);
  const verdict = scenes[to.scene].moments[to.moment].querySelector(".verdict");
  verdict.textContent = button.dataset.right === "true" ? "Right." : "No.";
  show(to);
}

function toggleNotes() {
  const on = document.body.classList.toggle("with-notes");
  document.querySelector("[data-act=notes]").setAttribute("aria-pressed", String(on));
}

async function toggleFull() {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await document.documentElement.requestFullscreen();
  } catch {
    // Where full screen is not allowed the lecture fills the window, as it does anyway.
  }
}

const ACTS = {
  next: () => show(after(place, counts)),
  back: () => show(before(place, counts)),
  first: () => show({ scene: 0, moment: 0 }),
  last: () => show({ scene: counts.length - 1, moment: 0 }),
  leave: () => scenes[place.scene].title.focus({ preventScroll: true }),
  notes: toggleNotes,
  full: toggleFull,
};

/** What an event's element is for its keys. */
function focusOf(target) {
  if (target.closest?.("textarea, select, [contenteditable], input:not([type=range], [type=checkbox], [type=radio])")) return "text";
  if (target.closest?.(".optimlib-widget")) return "lab";
  return target.closest?.("button, a") ? "control" : "page";
}

/** Before the lab has the key: those of a remote are the lecture's, wherever the focus is. */
function onKey(event) {
  const act = actOf(event, focusOf(event.target));
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  ACTS[act]();
}

/** A swipe to the side, outside of a lab. */
function followSwipes() {
  let from = null;
  addEventListener("touchstart", ({ target, touches }) => (from = touches.length === 1 && focusOf(target) === "page" ? touches[0] : null), { passive: true });
  addEventListener("touchend", ({ changedTouches: [to] }) => {
    if (!from) return;
    const [right, down] = [to.clientX - from.clientX, to.clientY - from.clientY];
    from = null;
    if (Math.abs(right) > SWIPE && Math.abs(right) > 2 * Math.abs(down)) ACTS[right < 0 ? "next" : "back"]();
  });
}

function followAddress() {
  const lab = /^#lab=(\d+)/.exec(location.hash); // a link that a lab of the lecture has made
  const host = lab && all(".optimlib-widget")[Number(lab[1]) - 1];
  if (host) {
    const scene = scenes.findIndex(({ labs }) => labs.includes(host));
    return show({ scene, moment: scenes[scene].moments.findLastIndex(({ dataset }) => dataset.finding === host.dataset.finding) }, location.hash);
  }
  return show(placeIn(location.hash, counts) ?? { scene: 0, moment: 0 });
}

makeLabs();
followAddress();
followSwipes();
addEventListener("hashchange", followAddress);
addEventListener("keydown", onKey, true);
wide.addEventListener("change", () => all(".optimlib-widget").forEach(fit));
document.addEventListener("click", ({ target }) => {
  /** @type {?HTMLElement} */
  const button = /** @type {Element} */ (target).closest(".bar [data-act], .choices button");
  if (button) button.dataset.act ? ACTS[button.dataset.act]() : choose(button);
});
for (const host of all(".optimlib-widget")) host.addEventListener("click", followLab);
