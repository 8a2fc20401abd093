import { isOpen } from "./changes.js";
import { presetIn } from "./finding_links.js";
import { PANELS } from "../core/catalogue.js";

/**
 * The place of a lab's parts, whose code comes when one is first wanted: they are made and opened here, and so are the findings
 * and links that they know.
 * view() gives the lab's view; refresh() draws it as it is now.
 * @param {{host: import("./scene.js").Host, model: import("./state.js").LabModel, controller: import("./controller.js").Controller, loader: ReturnType<typeof import("./part_loader.js").createLoader>, loadGrounds: () => Promise<any>, view: () => ReturnType<typeof import("./lab_view.js").createLabView>, refresh: () => void}} given
 */
export function createPartsPlace({ host, model, controller, loader, loadGrounds, view, refresh }) {
  const { read } = controller;
  let partActions = null;
  /** The actions of the parts (part_actions.js), or null as long as their code is not there. */
  function actions() {
    partActions ??= loader.loaded()?.createPartActions({ host, model, controller, loadGrounds, refresh, toggle, view: view() }) ?? null;
    return partActions;
  }
  /** Open a part, or close it. A panel gets the focus, and its button has it again. */
  async function toggle(part) {
    const opens = !isOpen(read(), part);
    if (opens) loader.forgive(); // what could not be had is tried again
    controller.actions.toggle(part);
    if (opens) await loader.load();
    refresh();
    if (opens && loader.loaded()) actions().enter(part);
    else if (Object.hasOwn(PANELS, part)) view().leave(part);
  }
  return {
    toggle,
    /** Do what part_actions.js knows by this name. */
    async act(name, ...given) {
      await loader.load();
      actions()?.[name](...given);
    },
    /** A part, or null as long as its code is not there. @returns {?import("./part_boxes.js").Part} */
    makePart: (name) => actions() && loader.loaded()[name](actions()),
    /** What a link of the text leads to: a finding, and back again. */
    async followPreset(id, link) {
      await loader.load();
      actions()?.openFinding(id, link);
      if (!host.kernel) history.pushState(null, "", `#preset=${id}`);
      view().focus();
    },
    /** What a link in the address asks of this lab; event: that the address has changed. A finding is for the first lab of a page. */
    async followAddress(event) {
      const address = location.hash;
      const isFinding = host.number === 1 && host.offered.includes("findings") && presetIn(address);
      if (!isFinding && !address.startsWith("#lab=")) return;
      await loader.load();
      actions()?.followAddress(address, event);
    },
  };
}
