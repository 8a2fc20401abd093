// Links between widgets that a notebook saved: jslink and jsdlink.

import { idIn } from "./host.js";

/** Honour jslink and jsdlink: the target takes the source's value at first, and then whatever it becomes. */
export function linkModels(models) {
  for (const link of models.values()) {
    if (link.name !== "LinkModel" && link.name !== "DirectionalLinkModel") continue;
    const [source, target] = ["source", "target"].map((end) => {
      const [reference, trait] = link.get(end) ?? [];
      return { model: models.get(idIn(reference)), trait };
    });
    if (!source.model || !target.model) continue;
    const follow = (from, to) => {
      from.model.on(`change:${from.trait}`, () => to.model.set(to.trait, from.model.get(from.trait)));
    };
    target.model.set(target.trait, source.model.get(source.trait));
    follow(source, target);
    if (link.name === "LinkModel") follow(target, source);
  }
}
