// What a reader opens comes into sight, with what it is about.

/** So many pixels stay free below and above what is scrolled to. */
const EDGE = 8;

/** The height of what lies over the top of the page. */
const headerOf = (root) => parseFloat(getComputedStyle(root).scrollMarginTop);

/**
 * How much of the top of the window is covered where an element stands, in pixels: by the header of the page, and by the valley where that
 * stays in sight above it.
 */
function coveredAbove(element, { root, valley }) {
  const scene = valley.parentElement;
  const [one, other] = [element, scene].map((each) => each.getBoundingClientRect());
  const isOver = getComputedStyle(scene).position === "sticky" && one.left < other.right && one.right > other.left;
  return headerOf(root) + (isOver ? scene.offsetHeight : 0);
}

/** Scroll no more than is needed to see an element below what covers the top of the window: all of it, or where it is higher than the rest, how it begins. */
function show(element, tools) {
  element.style.scrollMarginTop = `${coveredAbove(element, tools)}px`;
  element.style.scrollMarginBottom = `${EDGE}px`;
  element.scrollIntoView({ block: "nearest" });
}

/** Scroll to what was opened below the buttons, as far as its button stays in sight. */
function showBelow(box, button, tools) {
  const [{ left, right, bottom }, place] = [box, button].map((each) => each.getBoundingClientRect());
  if (left >= place.right || right <= place.left) return; // beside them
  const hidden = Math.min(bottom - innerHeight + EDGE, place.top - coveredAbove(button, tools));
  if (hidden > 0) scrollBy({ top: hidden });
}

/**
 * What leads to the parts of a lab. refresh() draws it as it is now, tools are those of its view.
 * @param {{refresh: () => void, tools: {root: Element, valley: Element, layers: any, panels: any, toggles: any}}} lab
 */
export function createSight({ refresh, tools }) {
  const { root, valley, layers, panels, toggles } = tools;
  const toTop = () => root.scrollIntoView({ block: "start" });
  /** Bring a part into sight that was opened. */
  function bring(part) {
    const box = part === "seeds" ? root.querySelector(".ol-seeds-words") : (layers[part] ?? panels[part])?.element;
    if (!box || box.getClientRects().length === 0) return;
    if (layers[part] && !box.closest(".ol-side"))
      showBelow(box, toggles[part].element, tools); // in class it is among the panels
    else show(box, tools);
  }
  return {
    bring,
    /** Lead to the top of the lab, where a finding is seen and what to watch is said, unless both are in sight. */
    showTop() {
      refresh(); // it may get higher
      const above = root.getBoundingClientRect().top - headerOf(root);
      const isWhole = root.querySelector(".ol-watch").getBoundingClientRect().bottom <= innerHeight;
      if (above < 0 || (above > 2 * EDGE && !isWhole)) toTop();
    },
    /** Lead to what a question asks for: the panel, and the valley where a click answers it. */
    showQuestion(kind) {
      refresh(); // what tells is closed
      bring("predict");
      const { top, bottom } = valley.getBoundingClientRect();
      if (kind === "place" && (top < headerOf(root) - EDGE - 1 || bottom > innerHeight)) toTop();
    },
  };
}
