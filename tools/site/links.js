// Links between widgets that a notebook saved: jslink and jsdlink.

import { idIn } from "./host.js";

/** One end of a link, as the notebook saved it: {model, trait}. */
function endOf(models, [reference, trait]) {
  return { model: models.get(idIn(reference)), trait };
}

/** Whether a trait is no longer what was saved of it. */
const isChanged = ({ model, trait }) => !Object.is(model.get(trait), model.saved[trait]);

/**
 * Honour jslink and jsdlink: the target takes the source's value at first, and then whatever it becomes. Where a jslink's target was changed
 * before, as by a reader who came sooner than this script, or by the address, the source takes that.
 */
export function linkModels(models) {
  const links = [...models.values()]
    .filter(({ name }) => name === "LinkModel" || name === "DirectionalLinkModel")
    .map((link) => ({ isMutual: link.name === "LinkModel", source: endOf(models, link.get("source") ?? []), target: endOf(models, link.get("target") ?? []) }))
    .filter(({ source, target }) => source.model && target.model)
    .map((link) => ({ ...link, isBack: link.isMutual && isChanged(link.target) }));
  const give = (from, to) => to.model.set(to.trait, from.model.get(from.trait));
  const follow = (from, to) => from.model.on(`change:${from.trait}`, () => give(from, to));
  for (const { isMutual, isBack, source, target } of links) {
    follow(source, target);
    if (isMutual) follow(target, source);
    if (isBack) give(target, source);
    else give(source, target);
  }
}
