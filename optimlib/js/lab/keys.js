import { LIMITS } from "../core/catalogue.js";

/** Whether an element needs a key itself. */
function takes(target, key) {
  if (target.closest("textarea, select, [contenteditable], input:not([type=range], [type=checkbox], [type=radio])")) return true;
  if (key === " ") return target.closest("button, input, summary, a") !== null;
  return key.length > 1 && target.closest(key.startsWith("Arrow") ? "input, [role=slider]" : "input") !== null;
}

/**
 * Keys for everything, wherever in the lab the focus is; keys_help.js says which.
 * actions: {play, step(by), to(step), slow, toggle(place), restore, fullScreen, help, back}
 */
export function listenToKeys(root, actions) {
  const isFull = () => root.classList.contains("ol-class");
  // In class the keys are the lab's again once a control was clicked.
  root.addEventListener("click", (event) => isFull() && event.detail > 0 && !takes(event.target, "f") && root.focus({ preventScroll: true }));
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
        h: actions.slow,
        r: actions.restore,
        b: !isFull() && actions.back,
        f: actions.fullScreen,
        "?": actions.help,
        Escape: isFull() && actions.fullScreen,
      }[key] ||
      (place >= 0 && place < LIMITS.rules && key.length === 1 && (() => actions.toggle(place)));
    if (!action) return;
    event.preventDefault();
    action();
  });
}
