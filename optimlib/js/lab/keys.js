import { LIMITS } from "../core/catalogue.js";
import { html } from "../ui/dom.js";

const HELP = [
  ["space", "play, pause"],
  ["← →", "a step back, forward"],
  ["Home End", "the start, the last step"],
  [`1 to ${LIMITS.rules}`, "a rule on or off"],
  ["r", "reset"],
  ["f", "full screen, for a class"],
  ["?", "these keys"],
];

/** Whether an element needs a key itself. */
function takes(target, key) {
  if (target.closest("textarea, select, [contenteditable], input:not([type=range], [type=checkbox], [type=radio])")) return true;
  if (key === " ") return target.closest("button, input, summary, a") !== null;
  return key.length > 1 && target.closest(key.startsWith("Arrow") ? "input, [role=slider]" : "input") !== null;
}

/**
 * Full screen with large type, for a class: a button, and what it does.
 * @param {HTMLElement} root the lab
 */
function createFullScreen(root) {
  const button = html("button", { type: "button", class: "ol-chip", "aria-pressed": "false", onclick: () => toggle() }, "Full screen");
  const isOn = () => root.classList.contains("ol-class");
  let top = 0; // where the lab stood in the window before it filled it
  /** Stand there again, while the browser gives the window, and the lab its drawing, the size that it had. */
  function comeBack(frames = 30) {
    if (isOn()) return;
    scrollBy({ top: root.getBoundingClientRect().top - top, behavior: "instant" });
    if (frames > 1) requestAnimationFrame(() => comeBack(frames - 1));
  }
  function show(on) {
    if (on) ({ top } = root.getBoundingClientRect());
    root.classList.toggle("ol-class", on);
    button.setAttribute("aria-pressed", on);
    button.textContent = on ? "Leave full screen" : "Full screen";
    (on ? root : button).focus({ preventScroll: true });
    if (!on) comeBack();
  }
  async function toggle() {
    const on = !isOn();
    show(on);
    try {
      if (on) await root.requestFullscreen();
      else if (document.fullscreenElement) await document.exitFullscreen();
    } catch {
      // Where full screen is not allowed the lab fills the window, which its class does.
    }
  }
  root.addEventListener("fullscreenchange", () => {
    if (document.fullscreenElement === root) return;
    if (isOn()) show(false);
    else comeBack();
  });
  return { button, isOn, toggle };
}

/**
 * Keys for everything, wherever in the lab the focus is, and full screen.
 * actions: {play, step(by), to(step), toggle(place), reset}
 */
export function createKeys(root, actions) {
  const help = html("dl", { class: "ol-keys", hidden: true }, ...HELP.flatMap(([key, what]) => [html("dt", {}, key), html("dd", {}, what)]));
  const helpButton = html(
    "button",
    { type: "button", class: "ol-chip", "aria-expanded": "false", "aria-label": "keys", title: "keys", onclick: () => toggleHelp() },
    "?",
  );
  const { button, isOn, toggle } = createFullScreen(root);
  function toggleHelp() {
    help.hidden = !help.hidden;
    helpButton.setAttribute("aria-expanded", !help.hidden);
  }
  // In class the keys are the lab's again once a control was clicked.
  root.addEventListener("click", (event) => isOn() && event.detail > 0 && !takes(event.target, "f") && root.focus({ preventScroll: true }));
  root.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || takes(target, key)) return;
    const place = Number(key) - 1;
    const action =
      {
        " ": actions.play,
        ArrowLeft: () => actions.step(-1),
        ArrowRight: () => actions.step(1),
        Home: () => actions.to(0),
        End: () => actions.to(Infinity),
        r: actions.reset,
        f: toggle,
        "?": toggleHelp,
        Escape: isOn() && toggle,
      }[key] ||
      (place >= 0 && place < LIMITS.rules && key.length === 1 && (() => actions.toggle(place)));
    if (!action) return;
    event.preventDefault();
    action();
  });
  return { help, buttons: [button, helpButton] };
}
