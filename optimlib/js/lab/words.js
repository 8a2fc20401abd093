import { roundedText } from "../ui/dom.js";

// What a lab says of its runs, in words.

/** A number of a run, which changes while one looks. A loss far below 1 still tells how a rule goes on: only what is below this is called 0. */
export const shortText = (value) => roundedText(value, 1e-30);

/** A point, as text. */
export const pointText = (point) => `(${point.map(shortText).join(", ")})`;

/** A position is around 1: below this, whose square is the least loss that is told, it is what rounding has left of 0. */
const positionText = (value) => roundedText(value, 1e-15);

/** The same of a run that has diverged: how large what is beyond 10,000 is says no more. */
const beyondText = (value) => (Math.abs(value) > 10000 ? (value > 0 ? "> 10,000" : "< −10,000") : shortText(value));

/** What to say of a run at a step: the position, the loss. */
export function readout(run, step) {
  if (run.points.length === 0) return ["no path yet", "", ""];
  const { x, loss } = placeText(run, step);
  return [`x₁ ${x[0]}`, `x₂ ${x[1]}`, `loss ${loss}`];
}

const hasDiverged = ({ divergedAt }, step) => divergedAt !== null && divergedAt <= step;

/** The numbers of a run at a step, as text. */
function placeText(run, step) {
  const at = Math.min(step, run.points.length - 1);
  const [position, loss] = hasDiverged(run, step) ? [beyondText, beyondText] : [positionText, shortText];
  return { x: run.points[at].map(position), loss: loss(run.losses[at]) };
}

/** The warning on the card of a rule, or "". */
export function warningOf({ rule, run }, step) {
  if (rule.problem) return "⚠ it does not run: its editor says why";
  return hasDiverged(run, step) ? `⚠ diverged at step ${run.divergedAt} (loss over 1,000 times its start)` : "";
}

/** Where the rules are, for those who do not see it. */
export function whereWords(shown, step) {
  const places = shown.map(({ rule, run }) => {
    const { x, loss } = placeText(run, step);
    const diverged = hasDiverged(run, step) ? `, diverged at step ${run.divergedAt}` : "";
    return `${rule.label} is at ${x.join(", ")}; loss ${loss}${diverged}`;
  });
  return `After ${step} steps ${places.join(". ")}.`;
}

/** Said of a lab on a page that has the path of a rule that only Python can run. */
export const REPLAYED = "A path that Python computed is replayed as it was saved. Run the notebook to change it.";
