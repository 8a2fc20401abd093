import { numberText } from "../ui/dom.js";

// What a lab says of its runs, in words.

/** What to say of a run at a step: the position, the loss. */
export function readout(run, step) {
  const at = Math.min(step, run.points.length - 1);
  if (at < 0) return ["no path yet", "", ""];
  const [x1, x2] = run.points[at].map(numberText);
  return [`x₁ ${x1}`, `x₂ ${x2}`, `loss ${numberText(run.losses[at])}`];
}

const hasDiverged = ({ divergedAt }, step) => divergedAt !== null && divergedAt <= step;

/** The warning on the card of a rule, or "". */
export function warningOf({ rule, run }, step) {
  if (rule.problem) return "⚠ it does not run: its editor says why";
  return hasDiverged(run, step) ? `⚠ diverged at step ${run.divergedAt} (loss over 1,000 times its start)` : "";
}

/** Where the rules are, for those who do not see it. */
export function whereWords(shown, step) {
  const places = shown.map(({ rule, run }) => {
    const at = Math.min(step, run.points.length - 1);
    const diverged = hasDiverged(run, step) ? `, diverged at step ${run.divergedAt}` : "";
    return `${rule.label} is at ${run.points[at].map(numberText).join(", ")}; loss ${numberText(run.losses[at])}${diverged}`;
  });
  return `After ${step} steps ${places.join(". ")}.`;
}

/** Said of a lab on a page that has the path of a rule that only Python can run. */
export const REPLAYED = "A path that Python computed is replayed as it was saved. Run the notebook to change it.";
