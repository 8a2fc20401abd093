/** Calls act(now) in the next frame, once for all that asked for it before. */
export function createFrames(act) {
  let pending = 0;
  const run = (now) => {
    pending = 0;
    act(now);
  };
  return { ask: () => (pending ||= requestAnimationFrame(run)), end: () => cancelAnimationFrame(pending) };
}

/**
 * Call changed() when the page looks different: light or dark, which is told by the page (the book), its body (JupyterLab), or the
 * system; onSight(isSeen) when an element comes into sight or leaves it; and onPrint() before the page is printed.
 * @returns {() => void} ends it
 */
export function watchPage(element, { changed, onSight, onPrint }) {
  const sight = new IntersectionObserver((entries) => onSight(entries.at(-1).isIntersecting), { rootMargin: "100px" });
  sight.observe(element);
  const themes = new MutationObserver(changed);
  for (const node of [document.documentElement, document.body]) themes.observe(node, { attributeFilter: ["data-theme", "data-jp-theme-light"] });
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", changed);
  addEventListener("beforeprint", onPrint);
  return () => {
    for (const watcher of [sight, themes]) watcher.disconnect();
    dark.removeEventListener("change", changed);
    removeEventListener("beforeprint", onPrint);
  };
}

/** In class the picture has the height that the rest leaves it: act when that changes. Elsewhere its height is its own, and watching that would go on for ever. */
export function watchHeightInClass(root, stage, act) {
  const size = new ResizeObserver(act);
  const follow = () => (root.classList.contains("ol-class") ? size.observe(stage) : size.disconnect());
  const classes = new MutationObserver(follow);
  classes.observe(root, { attributeFilter: ["class"] });
  follow();
  return () => {
    classes.disconnect();
    size.disconnect();
  };
}
