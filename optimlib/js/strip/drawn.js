import { watchWidth } from "../ui/dom.js";

/** The traits of a model: read() gives them by name, set(values) changes some. */
export function traitsOf(model, names) {
  return {
    read: () => /** @type {any} */ (Object.fromEntries(names.map((name) => [name, model.get(name)]))),
    set(values) {
      for (const [name, value] of Object.entries(values)) model.set(name, value);
      model.save_changes();
    },
  };
}

/** Draw now, and whenever the model changes or an element gets another width, which draw is told. Gives again(), which draws, and end(). */
export function keepDrawn(model, element, draw) {
  let width = 0;
  const again = () => draw(width);
  model.on("change", again);
  const unwatch = watchWidth(element, (now) => {
    width = now;
    again();
  });
  again();
  return {
    again,
    end() {
      model.off("change", again);
      unwatch();
    },
  };
}
