// The script of lecture.html: shows one moment of one scene. It is built with optimlib.js, from which it has the labs (bundle.mjs).

import { endLab, isAnswer, makeLab, play, reveal } from "./lecture_labs.js";
import { BLOCKED, createSpeaker } from "./lecture_speaker.js";
import { actOf, addressOf, after, before, focusOf, placeIn } from "./lecture_steps.js";

const SWIPE = 60; // pixels

/** @param {string} selector @param {ParentNode} [inside] @returns {any[]} */
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const hosts = all(".optimlib-widget");
const scenes = all(".scene").map((element) => ({ element, title: element.querySelector("h2"), moments: all(".moment", element) }));
const counts = scenes.map(({ moments }) => moments.length);
const speaker = createSpeaker({ act: (name) => ["next", "back", "first", "last", "play"].includes(name) && ACTS[name](), place: () => place });
let place = null;

/** The lab that a place shows, or undefined. */
const labAt = ({ scene, moment }) =>
  hosts.find((host) => scenes[scene].element.contains(host) && host.dataset.finding === scenes[scene].moments[moment].dataset.finding);

/**
 * Show a place; what was to be guessed is open once the moment after it shows.
 * @param {import("./lecture_steps.js").Place} to
 * @param {string} [verdict] on the choice that led there
 * @param {string} [address] what then stands in the address
 */
function show(to, verdict = "", address = addressOf(to)) {
  const from = place;
  place = to;
  if (location.hash !== address) history.replaceState(history.state, "", address);
  scenes.forEach(({ element }, i) => (element.hidden = i !== to.scene));
  const { title, moments } = scenes[to.scene];
  moments.forEach((moment, i) => (moment.hidden = i !== to.moment));
  for (const said of all(".verdict", moments[to.moment])) said.textContent = verdict;
  showLab(from, to);
  all(".numbers a").forEach((link, i) => (i === to.scene ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current")));
  say("");
  toggle("keys", false);
  (from?.scene === to.scene ? moments[to.moment] : title).focus({ preventScroll: true });
  scrollTo({ top: 0, behavior: "instant" });
  speaker.tell();
}

/** The lab of a place goes on where the moment before it had the same one; else it begins anew. */
function showLab(from, to) {
  const lab = labAt(to);
  const goesOn = from?.scene === to.scene && from.moment <= to.moment && labAt(from) === lab;
  for (const host of hosts) {
    host.hidden = host !== lab;
    if (host !== lab || !goesOn) endLab(host);
  }
  if (lab && !goesOn) makeLab(lab, hosts.indexOf(lab) + 1, to.moment === 0); // a link to what comes after the guess gives it away
  if (lab && goesOn && from.moment < to.moment) reveal(lab);
}

/** What the reader of a lab did by its own buttons: once it shows, so does what the lecture says of it. Then the keys are the lecture's again. */
function followLab(event) {
  const next = after(place, counts);
  if (isAnswer(event) && next.scene === place.scene && labAt(next) === labAt(place)) show(next);
  if (event.detail > 0 && focusOf(event.target) !== "text" && focusOf(document.activeElement) !== "text") ACTS.leave();
}

/** A choice is made: the next moment says whether it is right. */
function choose({ textContent, dataset }) {
  show(after(place, counts), `You said “${textContent}”. That is ${dataset.right === "true" ? "right" : "not so"}.`);
}

/** Say a sentence above the bar. */
const say = (words) => (document.querySelector(".said").textContent = words);

/** Show or hide what a button of the bar is for. */
function toggle(name, on = !document.body.classList.contains(`with-${name}`)) {
  document.body.classList.toggle(`with-${name}`, on);
  document.querySelector(`.bar [data-act=${name}]`).setAttribute("aria-pressed", String(on));
}

function openSpeaker() {
  const isOpen = speaker.open();
  say(isOpen ? "" : BLOCKED);
  if (isOpen) toggle("notes", false);
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
  leave() {
    toggle("keys", false);
    scenes[place.scene].title.focus({ preventScroll: true });
  },
  play: () => play(labAt(place)),
  speaker: openSpeaker,
  notes: () => toggle("notes"),
  buttons: () => toggle("buttons"),
  keys: () => toggle("keys"),
  full: toggleFull,
};

/** Before the lab has the key. */
function onKey(event) {
  const act = actOf(event, focusOf(event.target));
  if (!act || (act === "leave" && document.fullscreenElement)) return;
  event.preventDefault();
  event.stopPropagation();
  ACTS[act]();
}

function onClick({ target, detail }) {
  /** @type {?HTMLElement} */
  const button = /** @type {Element} */ (target).closest(".bar [data-act], .choices button");
  if (!button) return;
  if (!button.dataset.act) return choose(button);
  ACTS[button.dataset.act]();
  if (detail > 0) scenes[place.scene].title.focus({ preventScroll: true }); // a space does not press it again
}

/** A swipe to the side, outside of a lab. */
function followSwipes() {
  let from = null;
  const isFree = (target) => focusOf(target) === "page" && !target.closest(".optimlib-widget");
  addEventListener("touchstart", ({ target, touches }) => (from = touches.length === 1 && isFree(target) ? touches[0] : null), { passive: true });
  addEventListener("touchend", ({ changedTouches: [to] }) => {
    if (!from) return;
    const [right, down] = [to.clientX - from.clientX, to.clientY - from.clientY];
    from = null;
    if (Math.abs(right) > SWIPE && Math.abs(right) > 2 * Math.abs(down)) ACTS[right < 0 ? "next" : "back"]();
  });
}

function followAddress() {
  const lab = /^#lab=(\d+)/.exec(location.hash); // a link that a lab of the lecture has made
  const host = lab && hosts[Number(lab[1]) - 1];
  if (host) {
    const scene = scenes.findIndex(({ element }) => element.contains(host));
    const moment = scenes[scene].moments.findLastIndex(({ dataset }) => dataset.finding === host.dataset.finding);
    return show({ scene, moment }, "", location.hash);
  }
  return show(placeIn(location.hash, counts) ?? { scene: 0, moment: 0 });
}

for (const still of all(".still")) still.hidden = true; // there are labs; on paper they come back (lecture.css)
followAddress();
followSwipes();
addEventListener("hashchange", followAddress);
addEventListener("keydown", onKey, true);
document.addEventListener("click", onClick);
for (const host of hosts) host.addEventListener("click", followLab);
