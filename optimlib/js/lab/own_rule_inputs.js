/**
 * What the path of the reader's rule depends on. own_rule_run counts the presses of Run, so that
 * the same text can be run again.
 */
export function ownJob(model, { ground, curvatures, angle, noise, start, steps }) {
  const source = model.get("own_rule");
  return { source: typeof source === "string" ? source : "", run: model.get("own_rule_run") ?? 0, ground, curvatures, angle, noise, start, steps };
}

/** Whether the reader has written and run a rule. */
export const hasSource = ({ job }) => job.source.trim() !== "";
