import { LIMITS } from "../core/catalogue.js";
import { html } from "../ui/dom.js";

const HELP = [
  ["space", "play, pause"],
  ["← →", "a step back, forward"],
  ["Home End", "the start, the last step"],
  [`1 to ${LIMITS.rules}`, "a rule on or off"],
  ["h", "half speed"],
  ["r", "the settings as they were"],
  ["b", "back to the link of the text that led here"],
  ["f", "full screen, for a class"],
  ["?", "these keys"],
];

/** The list of keys in its place in a lab, whose button says whether it is there. Gives what shows and hides it. */
export function createKeysHelp({ keysPlace, buttons }) {
  const help = html("dl", { class: "ol-keys", hidden: true }, ...HELP.flatMap(([key, what]) => [html("dt", {}, key), html("dd", {}, what)]));
  keysPlace.replaceChildren(help);
  return function toggle() {
    help.hidden = !help.hidden;
    buttons.help.setAttribute("aria-expanded", !help.hidden);
    if (!help.hidden) help.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
}
