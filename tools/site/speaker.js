// The script of speaker.html: the notes of the place where the lecture is that has opened it. Next and back move that lecture.

import { listen, tell } from "./lecture_speaker.js";
import { actOf, after, before, focusOf } from "./lecture_steps.js";

const SECOND = 1000; // milliseconds
const PATIENCE = 3; // seconds without an answer after which the lecture is taken to be gone

/** @param {string} selector @param {ParentNode} [inside] @returns {any[]} */
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const scenes = all(".scene").map((element) => ({ element, title: element.querySelector("h2"), moments: all(".moment", element) }));
const counts = scenes.map(({ moments }) => moments.length);
let place = { scene: 0, moment: 0 };
let silent = 0; // so many seconds
let since = Number(/^#since=(\d+)$/.exec(location.hash)?.[1] ?? Date.now());

/** What comes next, in words. */
function nextWords() {
  const to = after(place, counts);
  if (to.scene === place.scene && to.moment === place.moment) return "This is the last one.";
  const { title, moments } = scenes[to.scene];
  return to.scene === place.scene ? moments[to.moment].textContent : title.textContent;
}

function show(to) {
  place = to;
  scenes.forEach(({ element }, i) => (element.hidden = i !== to.scene));
  scenes[to.scene].moments.forEach((moment, i) => (moment.hidden = i !== to.moment));
  document.querySelector(".then").textContent = nextWords();
}

/** The lecture does it and says where it then is; without one, the notes alone are leafed through. */
function act(name) {
  if (opener && silent < PATIENCE) return tell(opener, { lecture: name });
  if (name === "next") show(after(place, counts));
  if (name === "back") show(before(place, counts));
}

/** Every second: the time, and a hello, so that this window finds a lecture that was loaded again. */
function tick() {
  const seconds = Math.max(0, Math.round((Date.now() - since) / SECOND));
  document.querySelector(".clock").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  silent++;
  tell(opener, { lecture: "hello" });
  const isAlone = !opener || silent > PATIENCE;
  document.querySelector(".said").textContent = isAlone ? "No lecture answers. Open it, and press s there: then this window goes along with it." : "";
}

listen(({ lecture, scene, moment }, source) => {
  if (source !== opener || lecture !== "at") return;
  silent = 0;
  document.querySelector(".said").textContent = "";
  show({ scene, moment });
});
addEventListener("keydown", (event) => {
  const name = actOf(event, focusOf(/** @type {Element} */ (event.target)));
  if (!["next", "back", "first", "last", "play"].includes(name)) return;
  event.preventDefault();
  act(name);
});
for (const button of all("[data-act]")) button.addEventListener("click", () => act(button.dataset.act));
document.querySelector(".anew").addEventListener("click", () => {
  since = Date.now();
  history.replaceState(null, "", `#since=${since}`); // it lasts when this window is loaded again
  tick();
});
show(place);
tick();
setInterval(tick, SECOND);
