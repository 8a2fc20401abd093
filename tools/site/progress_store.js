// Keeps a reader's progress in the browser's storage, and shows it: in the widgets of a page and in its contents.

import { html, setText } from "../../optimlib/js/ui/dom.js";
import { countSolved, entryOf, merged, NOT_KEPT, readKept, writeKept } from "../../optimlib/js/exercises/progress.js";

/** The one item of this course in the storage. */
export const ITEM = "optimlib course progress";

const CLOSED = `${NOT_KEPT}: this browser has no storage for this page. Export saves it as a file.`;
const FULL = `${NOT_KEPT}: the storage of this browser is full, or closed to this page.`;

/**
 * Progress in the browser's storage. Where that cannot be used it stays as it is: what is done then is kept
 * in memory, and load() says why.
 * @param {() => Storage} open gives the storage; it throws where that is forbidden
 */
export function createStore(open) {
  let unsaved = {}; // the entries that the storage does not hold
  let refused = ""; // why it could not be written, when it last was to be
  const found = () => {
    let text;
    try {
      text = open().getItem(ITEM);
    } catch {
      return { kept: {}, problem: CLOSED, original: "" };
    }
    const { kept, problem } = readKept(text);
    if (!problem) return { kept, problem, original: "" };
    return {
      kept,
      problem: `${NOT_KEPT}: what is in its place in this browser cannot be used, since ${problem}. It stays as it is until a reset.`,
      original: text,
    };
  };
  return {
    /** What is kept, a sentence that says why nothing more is, and the text in its place that cannot be used. */
    load() {
      const { kept, problem, original } = found();
      return { kept: merged(unsaved, kept), problem: problem || refused, original };
    },

    /** Add these entries to what is kept. Another tab may have written: it is read again. */
    keep(entries) {
      unsaved = merged(entries, unsaved);
      const { kept, problem } = found();
      if (problem) return;
      try {
        open().setItem(ITEM, writeKept(merged(unsaved, kept)));
        unsaved = {};
        refused = "";
      } catch {
        refused = FULL;
      }
    },

    /** Forget all. */
    reset() {
      unsaved = {};
      refused = "";
      try {
        open().removeItem(ITEM);
      } catch {
        refused = CLOSED;
      }
    },
  };
}

/** The browser's storage. @throws where it has none for the page, and only a stand-in (early.js) */
function browserStorage() {
  if (localStorage.isStandIn) throw new Error("This page has no storage.");
  return localStorage;
}

/**
 * Give the widgets of a page what is kept, keep what they change, and count in the contents.
 * @param {Map<string, import("./host.js").Model>} models
 * @param {Object<string, string[]>} chapters the exercises of each chapter, by their names
 */
export function connectProgress(models, chapters, { open = browserStorage, page = window } = {}) {
  const store = createStore(open);
  const ours = (name) => [...models.values()].filter((model) => model.get("_anywidget_id") === name);
  const exercises = ours("optimlib.exercise.Exercise");
  const lists = ours("optimlib.progress_widget.Progress");
  // A browser may give each file a storage of its own: then every page can save what it has, and the list says why.
  for (const model of lists) model.set("from_files", page.location.protocol === "file:");
  let showing = false;
  const show = () => {
    const { kept, problem, original } = store.load();
    showing = true;
    try {
      for (const model of [...exercises, ...lists]) model.set("problem", problem);
      for (const model of lists) {
        model.set("original", original);
        model.set("kept", kept);
      }
      for (const model of exercises) model.set("kept", entryOf(kept, model.get("exercise_id")));
    } finally {
      showing = false;
    }
    countInContents(page, chapters, kept);
  };
  /** When a widget changes what is kept, and not we ourselves. */
  const onChange = (model, save) => {
    model.on("change:kept", () => {
      if (showing) return;
      save(model.get("kept"));
      show();
    });
  };
  for (const model of exercises) onChange(model, (entry) => store.keep({ [model.get("exercise_id")]: entry }));
  for (const model of lists) onChange(model, (kept) => (kept ? store.keep(kept) : store.reset()));
  // Another tab wrote, a page of files has its storage now (early.js), or the reader came back to a page that the browser had put away.
  page.addEventListener("storage", ({ key }) => (key === ITEM || key === null) && show());
  page.addEventListener("pageshow", ({ persisted }) => persisted && show());
  show();
}

/** "2/6" beside each chapter of the contents; "2 of 6 solved" for those who hear it. */
function countInContents(page, chapters, kept) {
  for (const link of page.document.querySelectorAll(".bd-links a.reference.internal")) {
    const chapter = new URL(link.href).pathname
      .split("/")
      .pop()
      .replace(/\.html$/, "");
    if (!Object.hasOwn(chapters, chapter)) continue;
    const solved = countSolved(kept, chapters[chapter]);
    const all = chapters[chapter].length;
    if (!link.querySelector(".ol-tally")) {
      link.append(" ", html("span", { class: "ol-tally", "aria-hidden": "true" }), html("span", { class: "ol-unseen" }));
    }
    setText(link.querySelector(".ol-tally"), `${solved}/${all}`);
    setText(link.querySelector(".ol-unseen"), `${solved} of ${all} solved`);
  }
}
