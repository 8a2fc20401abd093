import { partChange, removalOf, ruleChange, stepChange } from "./changes.js";
import { isAsking, newSession, settled } from "./session.js";
import { readLab } from "./state.js";

/**
 * @typedef {ReturnType<typeof createController>} Controller
 * @typedef {Controller["actions"]} Actions
 */

/**
 * What a reader can do in a lab, beside what its parts offer (part_actions.js): each writes traits, or changes the session. The
 * views call these, and change nothing themselves.
 * changed() is called when the session has changed; of traits the model tells itself.
 * @param {{model: import("./state.js").LabModel, hasOwn: boolean, changed: () => void}} given
 */
export function createController({ model, hasOwn, changed }) {
  const opening = readLab(model);
  let session = newSession(opening);

  const read = () => readLab(model);
  /** Set traits that Python is not to hear of yet. */
  function keep(values) {
    for (const [name, value] of Object.entries(values)) model.set(name, value);
  }
  function write(values) {
    keep(values);
    model.save_changes();
  }
  /** Change the session. */
  function adapt(changes) {
    session = { ...session, ...changes };
    changed();
  }
  /** Does nothing while the reader guesses: the paths are hidden then. */
  const unlessAsking =
    (act) =>
    (...given) => {
      const lab = read();
      if (!isAsking(lab, session.guessing)) act(lab, ...given);
    };

  const actions = {
    set: write,
    play: unlessAsking(({ playing }) => write({ playing: !playing })),
    goTo: unlessAsking((lab, step) => write(stepChange(lab, step))),
    goBy: unlessAsking((lab, by) => write(stepChange(lab, lab.step + by))),
    peek: (step) => adapt({ peek: step }),
    slow: () => adapt({ slow: !session.slow }),
    /** "on" or settings of a rule, as the lab has it now. */
    put: (rule, values) => write(ruleChange(read(), rule, values)),
    toggleRule(place) {
      const rule = read().rules[place];
      if (rule) actions.put(rule, { on: !rule.on });
    },
    removeRule: ({ place }) => write(removalOf(read(), place)),
    toggle: (part) => write(partChange(read(), part)),
    guess: (guess) => adapt({ guessing: { ...session.guessing, guess } }),
  };
  return {
    opening,
    actions,
    read,
    keep,
    adapt,
    session: () => session,
    /** Let the session follow the traits. size: of the valley's plot. */
    settle(lab, size) {
      session = settled(session, lab, hasOwn, size);
    },
  };
}
