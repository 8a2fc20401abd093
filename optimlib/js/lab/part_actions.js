import { additionOf, pickChange } from "./additions.js";
import { findingOf } from "./findings.js";
import { readLink } from "./link.js";
import { presetIn } from "./finding_links.js";
import { newGuessing, worldOf } from "./session.js";

/**
 * What a reader can do in the parts of a lab: the actions of its controller, and these.
 * reveal() leads to the top of the lab; toggle(part) opens a part, or closes it; picture() gives the valley's picture, seen()
 * what it shows, and sampleOf(key) the sample of a rule's line.
 * @param {{host: import("./scene.js").Host, controller: import("./controller.js").Controller, reveal: () => void, toggle: (part: string) => void, picture: () => SVGElement, seen: ReturnType<typeof import("../valley/valley_view.js").createValley>["seen"], sampleOf: (key: string) => Element}} lab
 */
export function createPartActions({ host, controller: { actions, read, keep, adapt, session }, reveal, toggle, picture, seen, sampleOf }) {
  const { set, playFromStart } = actions;
  /** Take values for another start: the frame is for it, and this finding is shown, or none. */
  function take(values, finding) {
    set(values);
    const lab = read();
    adapt({ home: lab.start, finding: finding && { id: finding.id, watch: finding.watch, world: worldOf(lab) } });
  }
  /** Show a finding. @returns {boolean} whether there is one of this name */
  function openFinding(id) {
    const finding = findingOf(id, read());
    if (!finding) return false;
    take(finding.values, finding);
    playFromStart();
    reveal();
    return true;
  }
  /** Do what a link in the address asks of this lab: a finding, or all of its settings. */
  function followAddress(address) {
    const id = presetIn(address);
    if (id && !openFinding(id)) adapt({ notes: ["The link was not used: there is no such finding."] });
    const link = readLink(address, read(), host.number);
    if (!link) return;
    adapt({ notes: link.notes });
    take(link.values, findingOf(link.finding, read()));
    reveal();
  }
  return {
    ...actions,
    reveal,
    picture,
    seen,
    sampleOf,
    openFinding,
    followAddress,
    addRule: (kind) => set(additionOf(read(), kind)),
    /** Run a rule at these settings, for so many steps at least. False where there is no room for it. */
    pick(setting, steps) {
      const change = pickChange(read(), setting, steps);
      if (change) set(change);
      return change !== null;
    },
    /** Ask a question: "place" or "first". */
    ask(kind) {
      adapt({ guessing: newGuessing(kind, session().guessing.round + 1) });
      set({ predict: kind, step: 0, playing: false });
    },
    /** Let the paths be seen: played from the start, or at once. */
    answer(isPlayed) {
      adapt({ guessing: { ...session().guessing, done: true } });
      if (isPlayed) playFromStart();
      else set({ step: read().steps, playing: false });
    },
    /** Keep what is written of a rule; Python does not hear of it before it is run. */
    draft: (text) => keep({ own_rule_draft: text }),
    runOwnRule: (source) => set({ own_rule: source, own_rule_draft: null, own_rule_on: true, own_rule_run: read().own.job.run + 1 }),
    closeOwnRule: () => toggle("own"),
  };
}
