import { isOpen } from "./changes.js";
import { PANELS } from "./state.js";

/**
 * What concerns the parts of a lab: they are opened and closed, made when their code is there, and findings open from them.
 * @param {object} given controller and loader; view() gives the lab's view; refresh() draws it as it is now
 */
export function createPartActions({ controller: { actions, read }, loader, view, refresh }) {
  function reveal() {
    refresh(); // it may get higher
    view().reveal();
  }
  /** False where there is no finding of this name, or none can be had. */
  function openFinding(id) {
    const finding = loader.loaded()?.findingOf(id, read());
    if (!finding) return false;
    actions.showFinding(finding);
    reveal();
    return true;
  }
  /** Open a part, or close it. A panel gets the focus, and its button has it again. */
  async function toggle(part) {
    const opens = !isOpen(read(), part);
    if (opens) loader.forgive(); // what could not be had is tried again
    actions.toggle(part);
    if (!Object.hasOwn(PANELS, part)) return;
    if (opens) await loader.load();
    refresh();
    if (opens && loader.loaded()) view().enter(part);
    else view().leave(part);
  }
  /** What a part can do: what the reader can, and reach what else stands in the lab. */
  const partActions = {
    ...actions,
    openFinding,
    reveal,
    close: () => toggle("own"),
    picture: () => view().picture(),
    sampleOf: (key) => view().sampleOf(key),
  };
  /** A part, or null as long as its code is not there. @returns {?import("./part_boxes.js").Part} */
  const makePart = (name) => loader.loaded()?.[name](partActions) ?? null;
  return { reveal, openFinding, toggle, makePart };
}
