import { createEditor } from "../ui/code_editor.js";
import { html, setText } from "../ui/dom.js";
import { inline } from "../ui/inline.js";
import { isAnswered } from "./own_rule_runner.js";
import { readout } from "./words.js";

/** What the editor shows at first: gradient descent, and the line that makes momentum of it; as wide as a phone. */
export const OPENING = [
  "# x: where one coordinate is",
  "# g: the gradient there",
  "# memory: 0.0, then the last v",
  "# t: the step: 1, 2, 3, ...",
  "# momentum: v = 0.5*memory + g",
  "",
  "def update(x, g, memory, t):",
  "    v = g",
  "    return x - 0.4 * v, v",
  "",
].join("\n");

/** What is said of the rule; end is where it ends, in words. */
export function ownStatus({ job, reply, problem, replay }, end) {
  if (job.source.trim() === "") return job.run > 0 ? "There is no code yet." : "";
  if (!isAnswered({ source: job.source, run: job.run }, reply)) return "Running …";
  if (problem) return problem;
  const diverged = replay.divergedAt === null ? "" : ` It diverged at step ${replay.divergedAt}.`;
  return `It runs. At step ${reply.job.steps}: ${end}.${diverged}`;
}

/** The panel of the reader's own rule: an editor, Run, and what is said of the rule. */
export function createOwnRule({ draft, keptRule, runOwnRule, closeOwnRule }) {
  const opening = keptRule() || OPENING;
  const editor = createEditor({ text: OPENING, label: "your own rule, in Python", onInput: () => draft(editor.read()) });
  let written = OPENING; // what the editor was last told
  let said; // and the status
  const run = () => runOwnRule(editor.read());
  const status = html("p", { class: "ol-own-status", role: "status" });
  const printed = html("pre", { class: "ol-printed ol-own-printed", role: "region", "aria-label": "what your code printed", tabindex: 0 });
  const panel = html(
    "div",
    { role: "group", "aria-label": "your own rule" },
    editor.element,
    html(
      "div",
      { class: "ol-own-buttons" },
      html("button", { type: "button", class: "ol-check", title: "Ctrl+Enter", "aria-keyshortcuts": "Control+Enter Meta+Enter", onclick: run }, "Run"),
      html("button", { type: "button", class: "ol-own-close", onclick: closeOwnRule }, "Close"),
    ),
    status,
    printed,
  );
  // Ahead of the editor, which has an Enter of its own. Its Escape lets Tab leave it; elsewhere Escape closes.
  const press = (event) => {
    const runs = event.key === "Enter" && (event.ctrlKey || event.metaKey);
    const closes = event.key === "Escape" && !editor.element.contains(event.target);
    if (!runs && !closes) return;
    event.preventDefault();
    event.stopPropagation();
    if (runs) run();
    else closeOwnRule();
  };
  panel.addEventListener("keydown", press, true);
  return {
    element: panel,
    focus: () => /** @type {HTMLElement} */ (editor.element.querySelector("[contenteditable], textarea") ?? editor.element).focus({ preventScroll: true }),
    draw({ lab: { own, steps } }) {
      const text = own.draft ?? (own.job.source || opening);
      if (written !== text) {
        written = text;
        if (editor.read() !== written) editor.write(written);
      }
      const now = ownStatus(own, readout(own.replay, steps).join(", "));
      if (said !== now) status.replaceChildren(...inline((said = now)));
      status.classList.toggle("ol-own-problem", now === own.problem);
      setText(printed, String(own.reply.printed ?? ""));
      printed.hidden = printed.textContent === "";
    },
  };
}
