import { html } from "../ui/dom.js";
import { hasSource } from "./own_rule_inputs.js";
import { createCard } from "./rule_card.js";
import { cardSceneOf } from "./scene.js";

/** The card of the reader's own rule comes with its first run. */
const hasCard = ({ rule }) => rule.kind !== "own" || hasSource(rule);

/** The cards of a lab's rules, in their order. */
export function createCards({ host, put, removeRule, explain }) {
  const element = html("div", { class: "ol-cards" });
  const cards = new Map(); // key of a rule -> its card
  const rules = new Map(); // key of a rule -> the rule as it was last drawn
  /** Take an added rule away; the focus, which was on its card, goes to the next one. */
  function remove(key) {
    const at = [...element.children].indexOf(cards.get(key).element);
    removeRule(rules.get(key));
    (element.children[at + 1] ?? element.firstChild).querySelector("input").focus();
  }
  function cardOf({ rule: { key }, rule, look, dash }) {
    if (cards.has(key)) return cards.get(key);
    const card = createCard(rule, {
      look,
      dash,
      changeable: host.kernel || !rule.replay || rule.kind === "own",
      put: (name, value) => put(rules.get(key), { [name]: value }),
      explain,
      onRemove: rule.place === null ? null : () => remove(key),
    });
    cards.set(key, card);
    return card;
  }
  return {
    element,
    draw(scene) {
      const lines = scene.lines.filter(hasCard);
      for (const [key, card] of cards) {
        if (lines.some(({ rule }) => rule.key === key)) continue;
        card.element.remove();
        cards.delete(key);
      }
      lines.forEach((line, i) => {
        rules.set(line.rule.key, line.rule);
        const card = cardOf(line);
        if (card.element !== element.children[i]) element.insertBefore(card.element, element.children[i] ?? null);
      });
      for (const line of lines) cards.get(line.rule.key).show(line.rule, cardSceneOf(line, scene));
    },
    /** The card of a rule, by the rule's key. */
    cardOf: (key) => cards.get(key)?.element,
  };
}
