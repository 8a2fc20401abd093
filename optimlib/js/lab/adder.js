import { html, setText } from "../ui/dom.js";
import { KINDS, LIMITS } from "../core/catalogue.js";
import { RULES } from "../core/rules.js";

/** Why the rule that was added last has another learning rate than its kind begins with, or "". */
function whyOther({ kind, label, lr }, { rules }) {
  const usual = KINDS[kind].settings.lr;
  const now = rules.find((rule) => rule.label === label);
  if (lr === usual || now?.settings.lr !== lr) return "";
  return `${label} begins with learning rate ${lr}: at ${usual} its path would lie under that of ${KINDS[kind].label}.`;
}

/** The panel that adds a rule to the lab: any of the library, also twice. */
export function createAdder({ addRule }) {
  const buttons = Object.keys(RULES).map((kind) =>
    html("button", { type: "button", class: "ol-chip", onclick: () => isFull || (added = addRule(kind)) }, KINDS[kind].label),
  );
  let isFull = false;
  let added = null; // what was added last
  const status = html("p", { role: "status" });
  return {
    element: html("div", {}, html("div", { class: "ol-chips" }, ...buttons), status),
    draw({ lab }) {
      isFull = lab.rules.length >= LIMITS.rules;
      for (const button of buttons) button.setAttribute("aria-disabled", isFull); // it keeps the focus
      setText(status, isFull ? `${LIMITS.rules} rules are the most: remove one to add another.` : (added && whyOther(added, lab)) || "");
    },
  };
}
