// Where a browser does not do so itself, as Safari: what one reads stays where it is on the screen when a widget above it is drawn.

const FRAMES = 60; // for so long a widget that has been put in its place may change its height

/** Whether the reader comes back to the page: then the browser leads to the place itself, by its distance from the top. */
export function isReturn() {
  const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  return (entry?.type ?? "navigate") !== "navigate";
}

/** Begin just before a widget is put in its place. @param {Element} place */
export function holdSight(place) {
  if (isReturn() || CSS.supports("overflow-anchor", "auto")) return;
  let { height } = place.getBoundingClientRect();
  let frames = 0;
  const look = () => {
    const now = place.getBoundingClientRect();
    const added = now.height - height;
    height = now.height;
    if (added && now.bottom - added <= 0) scrollBy({ top: added, behavior: "instant" });
    if (++frames < FRAMES) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
