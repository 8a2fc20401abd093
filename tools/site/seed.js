// Which numbers the exercises ask with that can vary. A link that ends in #seed=7 says so, and the browser remembers it for the other
// pages; #seed= alone forgets it.

import { drawn, readSeed } from "../../optimlib/js/exercises/varied.js";

const ITEM = "optimlib seed";

/** What a link's fragment says: the text of its seed, "" to forget it, or null where it says nothing. */
const told = (fragment) => /^#seed=(\d*)$/.exec(fragment)?.[1] ?? null;

/** The seed of this page, or null. */
function currentSeed() {
  const text = told(location.hash);
  try {
    if (text !== null && readSeed(text) === null) localStorage.removeItem(ITEM);
    else if (text !== null) localStorage.setItem(ITEM, text);
    else return readSeed(localStorage.getItem(ITEM));
  } catch {
    // It holds for this page.
  }
  return readSeed(text);
}

addEventListener("hashchange", () => told(location.hash) !== null && location.reload());

/** Give an exercise's model the numbers of the seed. A page of files has its storage once a frame is drawn (early.js). */
export async function drawNumbers(model) {
  if (!model.get("exercise").variants) return;
  if (location.protocol === "file:") await new Promise(requestAnimationFrame);
  model.set("exercise", drawn(model.get("exercise"), currentSeed()));
}
