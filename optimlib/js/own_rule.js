import { createEditor } from "./code_editor.js";
import { html, inline, setText } from "./dom.js";
import { quadratic, sine } from "./surface.js";

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

/**
 * What the path of the reader's rule depends on. own_rule_run counts the presses of Run, so that
 * the same text can be run again.
 */
export function ownJob(model, { curvatures, angle, start, steps }) {
  const source = model.get("own_rule");
  return { source: typeof source === "string" ? source : "", run: model.get("own_rule_run") ?? 0, curvatures, angle, start, steps };
}

/** Whether a reply is for a job. What had to be stopped is not tried again until Run is pressed. */
export function isAnswered(job, reply) {
  const names = reply.stopped ? ["source", "run"] : Object.keys(job);
  return names.every((name) => String(job[name]) === String(reply.job?.[name]));
}

/** What is said of the rule; end is where it ends, in words. */
export function ownStatus({ job, reply, problem, replay }, end) {
  if (job.source.trim() === "") return job.run > 0 ? "There is no code yet." : "";
  if (!isAnswered({ source: job.source, run: job.run }, reply)) return "Running …";
  if (problem) return problem;
  const diverged = replay.divergedAt === null ? "" : ` It diverged at step ${replay.divergedAt}.`;
  return `It runs. At step ${reply.job.steps}: ${end}.${diverged}`;
}

const busy = new WeakSet(); // the models whose rule is running

/** On the site: have the page's Python answer the job that present() gives, one at a time, and the latest next. */
export async function playOwnRule(model, python, present) {
  if (busy.has(model)) return;
  busy.add(model);
  for (;;) {
    const job = present();
    if (job.source.trim() === "" || isAnswered(job, model.get("own_rule_reply") ?? {})) break;
    const { source, curvatures, angle, start, steps } = job;
    const turn = angle % 360 === 0 ? null : [sine(angle + 90), sine(angle)];
    let reply;
    try {
      reply = await python.run({ task: "path", source, curvatures, turn, start, steps });
    } catch (error) {
      reply = { stopped: error.message };
    }
    const losses = reply.points?.map(quadratic(curvatures, angle).loss);
    model.set("own_rule_reply", { ...reply, losses, job });
  }
  busy.delete(model);
}

let panels = 0; // how many the page has, to name them apart

/** The button, and the panel that it opens: an editor, Run, and what is said of the rule. */
export function createOwnRule({ model, set }) {
  const id = `ol-own-rule-${++panels}`;
  const text = () => model.get("own_rule_draft") ?? (model.get("own_rule") || OPENING);
  let editor = null; // made when it is first opened
  let written, said; // what the editor and the status were last told

  const run = () => {
    set({ own_rule: editor.read(), own_rule_draft: null, own_rule_on: true, own_rule_run: (model.get("own_rule_run") ?? 0) + 1 });
  };
  const open = (isOpen) => {
    if (isOpen && !editor) {
      editor = createEditor({
        text: text(),
        label: "your own rule, in Python",
        // Kept in the model, not sent to Python before it is run.
        onInput: () => model.set("own_rule_draft", editor.read()),
      });
      panel.prepend(editor.element);
    }
    panel.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", isOpen);
    if (isOpen) (editor.element.querySelector("[contenteditable], textarea") ?? editor.element).focus();
    else toggle.focus();
  };
  const toggle = html(
    "button",
    { type: "button", class: "ol-own-toggle", "aria-expanded": "false", "aria-controls": id, onclick: () => open(panel.hidden) },
    "Write your own rule",
  );
  const status = html("p", { class: "ol-own-status", role: "status" });
  const printed = html("pre", { class: "ol-own-printed", role: "region", "aria-label": "what your code printed", tabindex: 0 });
  const panel = html(
    "div",
    { id, class: "ol-own-panel", role: "group", "aria-label": "your own rule", hidden: true, "data-lm-suppress-shortcuts": "true" },
    html(
      "div",
      { class: "ol-own-buttons" },
      html("button", { type: "button", class: "ol-check", title: "Ctrl+Enter", "aria-keyshortcuts": "Control+Enter Meta+Enter", onclick: run }, "Run"),
      html("button", { type: "button", class: "ol-own-close", onclick: () => open(false) }, "Close"),
    ),
    status,
    printed,
  );
  // Ahead of the editor, which has an Enter of its own. Its Escape lets Tab leave it; elsewhere Escape closes.
  panel.addEventListener(
    "keydown",
    (event) => {
      const runs = event.key === "Enter" && (event.ctrlKey || event.metaKey);
      const closes = event.key === "Escape" && !editor.element.contains(event.target);
      if (!runs && !closes) return;
      event.preventDefault();
      event.stopPropagation();
      if (runs) run();
      else open(false);
    },
    true,
  );
  return {
    element: html("div", { class: "ol-own-rule" }, toggle, panel),
    show(own, end) {
      if (editor && written !== text()) {
        written = text();
        if (editor.read() !== written) editor.write(written);
      }
      const now = ownStatus(own, end);
      if (said !== now) status.replaceChildren(...inline((said = now)));
      status.classList.toggle("ol-own-problem", now === own.problem);
      setText(printed, own.reply.printed ?? "");
      printed.hidden = printed.textContent === "";
    },
  };
}
