import { html, setText } from "../ui/dom.js";
import { checked, exportText, fileName, nameIn, textOf, withFile } from "./export.js";
import { countSolved, entryOf, FAULTS, readKept } from "./progress.js";
import { saveFile } from "../ui/save_file.js";

const KIND_WORDS = { number: "a number", choice: "a choice", predict: "a prediction", order: "lines to order", code: "code" };
const LARGEST_FILE = 5_000_000;
const FROM_FILES =
  "You read the course from files, and some browsers keep apart what you do in each file. If something that you solved is missing here, press Export at the top of its chapter, and then Import here.";

const counted = (number, thing) => `${number} ${thing}${number === 1 ? "" : "s"}`;
const linked = (address, words, kernel) => (kernel ? words : html("a", { href: address }, words));

/** How far a reader is with an exercise, in words. */
export function entryWords({ state = "untried", hints = 0, solution = false }) {
  const words = state === "untried" ? "not tried" : state;
  const hinted = hints ? `${state === "untried" ? ", " : " with "}${counted(hints, "hint")}` : "";
  return words + hinted + (solution ? ", solution read" : "");
}

/**
 * Progress: in one line for one chapter, else a list of all exercises with export, import and reset.
 * What the reader imports becomes the model's `kept`; null there asks to forget all.
 * Only the site has `original`, the text of what stands in the place of progress and cannot be used, and `from_files`, whether
 * the pages are files.
 */
export function renderProgress({ model, el, kernel = true }) {
  const course = model.get("course");
  const problem = html("p", { class: "ol-problem", role: "status" });
  const parts = model.get("chapter")
    ? [lineOf(course[0], kernel), rescueOf(model)]
    : [totalOf(course), filesOf(model), ...course.map((chapter) => listOf(chapter, kernel)), toolsOf(model)];
  const show = () => {
    setText(problem, model.get("problem") ?? "");
    for (const part of parts) part.show(model.get("kept") ?? {});
  };
  el.replaceChildren(html("div", { class: "ol ol-progress" }, problem, ...parts.map(({ element }) => element)));
  show();
  const shown = ["change:kept", "change:problem", "change:original", "change:from_files"];
  for (const event of shown) model.on(event, show);
  return () => shown.forEach((event) => model.off(event, show));
}

const idsOf = ({ exercises }) => exercises.map(({ id }) => id);

/** "2 of 7 solved", with a bar. */
function countOf(ids) {
  const words = html("span");
  const bar = html("span", { class: "ol-bar", "aria-hidden": "true" }, html("span"));
  return {
    element: html("span", { class: "ol-counted" }, bar, words),
    show(kept) {
      const solved = countSolved(kept, ids);
      setText(words, `${solved} of ${ids.length} solved`);
      bar.firstChild.style.width = `${(100 * solved) / ids.length}%`;
    },
  };
}

function lineOf(chapter, kernel) {
  const count = countOf(idsOf(chapter));
  const all = linked("progress.html", kernel ? "Progress() lists all." : "Your progress", kernel);
  return { element: html("p", { class: "ol-progress-line" }, count.element, all), show: count.show };
}

/** Export, where progress is not being kept, or other pages may not see it. */
function rescueOf(model) {
  const saver = createSaver();
  const element = html(
    "div",
    {},
    html(
      "div",
      { class: "ol-tools" },
      button("Export", () => saver.exportAll(model.get("kept") ?? {}, model.get("version") ?? "")),
    ),
    ...saver.elements,
  );
  return {
    element,
    show() {
      element.hidden = !model.get("problem") && !model.get("from_files");
    },
  };
}

/** Why the list may lack something. */
function filesOf(model) {
  const element = html("p", {}, FROM_FILES);
  return {
    element,
    show() {
      element.hidden = !model.get("from_files");
    },
  };
}

function totalOf(course) {
  const count = countOf(course.flatMap(idsOf));
  return { element: html("p", { class: "ol-total" }, count.element), show: count.show };
}

function listOf(chapter, kernel) {
  const count = countOf(idsOf(chapter));
  const states = chapter.exercises.map(() => html("span", { class: "ol-how" }));
  const rows = chapter.exercises.map(({ id, title, kind }, i) =>
    html(
      "li",
      {},
      html(
        "span",
        { class: "ol-what" },
        linked(`${chapter.chapter}.html#exercise-${id}`, title, kernel),
        " ",
        html("span", { class: "ol-kind" }, KIND_WORDS[kind] ?? kind),
      ),
      " ",
      states[i],
    ),
  );
  return {
    element: html("section", {}, html("h2", {}, linked(`${chapter.chapter}.html`, chapter.title, kernel)), count.element, html("ul", {}, ...rows)),
    show(kept) {
      count.show(kept);
      chapter.exercises.forEach(({ id }, i) => {
        const entry = entryOf(kept, id);
        setText(states[i], `${entry.state === "solved" ? "✓ " : ""}${entryWords(entry)}`);
        states[i].dataset.state = entry.state ?? "untried";
      });
    },
  };
}

const button = (words, onclick) => html("button", { type: "button", class: "ol-check", onclick }, words);

/** Saves as files, and says so; what the page may not save stands in a box. */
function createSaver() {
  const said = html("p", { class: "ol-said", role: "status" });
  const box = html("textarea", { class: "ol-copied", rows: 6, readonly: true, hidden: true, spellcheck: "false", "aria-label": "what was saved" });
  const save = (name, text) => {
    box.hidden = saveFile(name, text, "application/json");
    box.value = text;
    setText(said, box.hidden ? `Saved as ${name}.` : `If no file came, the host forbids it: copy the text from the box into a file ${name}.`);
  };
  const exportAll = (kept, course) => save(fileName(keptName()), exportText(kept, { name: keptName(), course }));
  return { elements: [said, box], said, save, exportAll };
}

/**
 * Takes what a reader imports. kept() gives what is kept, change(value) replaces it; offer(name) gets the name in the file.
 * @returns {string} what became of it, in words
 */
function taken(text, name, { course, kept, change, offer }) {
  const { kept: theirs, problem } = readKept(text);
  const ids = Object.keys(theirs);
  if (!ids.length) return `Nothing was taken from ${name}: ${problem || "it has no exercise"}.`;
  const solvedBefore = countSolved(kept(), ids);
  change(withFile(kept(), theirs));
  offer(nameIn(text));
  const more = countSolved(kept(), ids) - solvedBefore;
  const known = new Set(course.flatMap(idsOf));
  const unknown = ids.filter((id) => !known.has(id)).length;
  const notes = [
    problem && `Not taken: ${problem}.`,
    unknown && `Not in this course, but kept: ${unknown}.`,
    more > 0 && `Solved by it: ${more} more.`,
    checked(text) === "changed" && FAULTS.changed,
  ];
  return [`Taken from ${name}: ${counted(ids.length, "exercise")}.`, ...notes].filter(Boolean).join(" ");
}

/** A button that has the reader choose a file. onText(text, name) says what became of it, and say(words) says that. */
function createImport({ onText, say }) {
  const take = async () => {
    const [file] = input.files;
    if (!file) return;
    const text = file.size > LARGEST_FILE ? null : await file.arrayBuffer().then(textOf, () => null);
    input.value = ""; // so that the same file can be chosen again
    say(text === null ? `Nothing was taken: ${file.name} is too large, or cannot be read.` : onText(text, file.name));
  };
  const input = html("input", { type: "file", accept: ".json,application/json", hidden: true, onchange: take });
  return { input, button: button("Import", () => input.click()) };
}

/** A button, and the question that it asks in the place of others. onYes() is called for a yes. */
function createReset({ onAsk, onYes }) {
  const words = "Forget all that you have done, your answers too?";
  let others = null; // what gives way to the question
  const ask = (asking) => {
    question.hidden = !asking;
    others.hidden = asking;
    (asking ? no : reset).focus();
  };
  const reset = button("Reset", () => {
    onAsk();
    ask(true);
  });
  const no = button("No, keep it", () => ask(false));
  const yes = button("Yes, forget all", () => {
    ask(false);
    onYes();
  });
  const onkeydown = ({ key }) => key === "Escape" && ask(false);
  const question = html("div", { class: "ol-tools", role: "group", "aria-label": words, hidden: true, onkeydown }, html("p", {}, words), yes, no);
  return { button: reset, question, takePlaceOf: (element) => (others = element) };
}

const NAME_ITEM = "optimlib course name";
let nameHere = ""; // where the browser keeps nothing

/** The name that the reader gave, or "". */
function keptName() {
  try {
    return localStorage.getItem(NAME_ITEM) ?? nameHere;
  } catch {
    return nameHere;
  }
}

/** A field for the reader's name, which goes into what is exported. */
function createNameField() {
  const keep = () => {
    nameHere = input.value.trim();
    try {
      localStorage.setItem(NAME_ITEM, nameHere);
    } catch {
      // it is known as long as the page is
    }
  };
  const input = html("input", { type: "text", class: "ol-name", maxlength: 100, autocomplete: "name", value: keptName(), oninput: keep });
  return {
    element: html("label", { class: "ol-who" }, "Your name in the file, if you hand it in (may stay empty)", input),
    /** Take the name of a file where none is given yet. */
    offer(name) {
      if (input.value.trim() !== "" || name === "") return;
      input.value = name;
      keep();
    },
  };
}

/** What a file says beside its exercises. */
const WHAT_IS_IN_IT =
  "An exported file holds of each exercise whether it was tried or solved, the tries and when the first one and the right one were, the hints, whether the solution was read, and the last answer; your name, if you give it; and the course’s version. Nothing is sent anywhere. A checksum shows whether the text was changed since: it is no proof of anything.";

/** Export, import and reset. */
function toolsOf(model) {
  const saver = createSaver();
  const say = (words) => setText(saver.said, words);
  const kept = () => model.get("kept") ?? {};
  const change = (value) => {
    model.set("kept", value);
    model.save_changes();
  };
  const who = createNameField();
  const imports = createImport({ say, onText: (text, name) => taken(text, name, { course: model.get("course"), kept, change, offer: who.offer }) });
  const forget = () => {
    change(null);
    say(model.get("problem") ? "" : "All is forgotten.");
  };
  const reset = createReset({ onAsk: () => say(""), onYes: forget });
  const original = button("Save what is in its place", () => saver.save("optimlib-progress-as-found.txt", model.get("original")));
  const buttons = html(
    "div",
    { class: "ol-tools" },
    button("Export", () => saver.exportAll(kept(), model.get("version") ?? "")),
    imports.button,
    reset.button,
    original,
    imports.input,
  );
  reset.takePlaceOf(buttons);
  return {
    element: html("div", {}, who.element, buttons, reset.question, ...saver.elements, html("p", { class: "ol-note" }, WHAT_IS_IN_IT)),
    show() {
      original.hidden = !model.get("original");
    },
  };
}
