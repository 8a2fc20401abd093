import { html } from "./dom.js";

const INDENT = "    ";

/**
 * What all editors of a page share, on the global, since the site has this module in two of its scripts: what was given to
 * setEditorUpgrade, and how many were made so far, to name their hints apart.
 * @type {{load: null|(() => Promise<{createEditor: Function}>), count: number}}
 */
const EDITORS = (globalThis[Symbol.for("optimlib.editors")] ??= { load: null, count: 0 });

/**
 * Have every editor become a better one, in place, when it is first used.
 * @param {() => Promise<{createEditor: Function}>} load gives tools/site/codemirror.js
 */
export function setEditorUpgrade(load) {
  EDITORS.load = load;
}

/**
 * An editor for a few lines of Python. onInput is called when the reader has changed the text, not on write(text).
 * @param {{text: string, label: string, onInput: () => void}} options label is its name for screen readers
 * @returns {{element: Element, read: () => string, write: (text: string) => void}}
 */
export function createEditor({ text, label, onInput }) {
  const hint = html("p", { id: `ol-editor-hint-${++EDITORS.count}`, class: "ol-editor-hint" }, "Tab indents. Escape, then Tab, leaves.");
  const plain = plainEditor({ text, label, hint: hint.id, onInput });
  const element = html("div", { class: "ol-editor", "data-lm-suppress-shortcuts": "true" }, plain.element, hint);
  let part = plain;
  improveOnceUsed(plain.element, (better) => {
    const { selectionStart, selectionEnd } = plain.element;
    const hadFocus = document.activeElement === plain.element;
    part = better.createEditor({ text: plain.read(), selection: [selectionStart, selectionEnd], label, hint: hint.id, onInput });
    plain.element.before(part.element);
    if (hadFocus) part.focus();
    plain.element.remove();
  });
  return { element, read: () => part.read(), write: (now) => part.write(now) };
}

/** A <textarea> that indents. */
function plainEditor({ text, label, hint, onInput }) {
  const field = html("textarea", {
    "aria-label": label,
    "aria-describedby": hint,
    wrap: "off",
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    autocorrect: "off",
    onkeydown: press,
    onblur: () => (leaving = false),
    oninput() {
      fit();
      onInput();
    },
  });
  let leaving = false; // after Escape, Tab is the browser's
  const fit = () => (field.rows = field.value.split("\n").length);
  const write = (now) => {
    field.value = now;
    fit();
  };
  write(text);

  function press(event) {
    if (isOfInput(event) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Tab" && !event.shiftKey && !leaving) {
      event.preventDefault();
      indentLines(field);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      breakLine(field);
    }
    if (event.key !== "Tab" && event.key !== "Shift") leaving = event.key === "Escape";
  }

  return { element: field, read: () => field.value, write };
}

/** Whether a key is one of an input method, as for Japanese: Safari sends the Enter that ends a word after the composition, with the code of old. */
const isOfInput = ({ isComposing, keyCode }) => isComposing || keyCode === 229;

/** Where the line begins that a place is in. */
const lineStart = (text, place) => text.lastIndexOf("\n", place - 1) + 1;

function indentLines(field) {
  const { value, selectionStart, selectionEnd } = field;
  const from = lineStart(value, selectionStart);
  const lines = value.slice(from, selectionEnd).replace(/^/gm, INDENT);
  field.setSelectionRange(from, selectionEnd);
  insert(lines);
  if (selectionStart !== selectionEnd) field.setSelectionRange(from, from + lines.length);
}

/** A new line stands below the last one, or farther right after a colon. */
function breakLine(field) {
  const line = field.value.slice(lineStart(field.value, field.selectionStart), field.selectionStart);
  insert(`\n${/^ */.exec(line)[0]}${/:\s*$/.test(line) ? INDENT : ""}`);
}

/** As if typed: nothing else can be undone. */
const insert = (text) => document.execCommand("insertText", false, text);

/**
 * Load the better editor when a field is first used, and call use with it when nothing is under way that it would break off:
 * no drag, no composed letter, no key that is down, no selection.
 */
function improveOnceUsed(field, use) {
  let better = null;
  let isLoading = false;
  let isHeld = false; // by a mouse or a finger
  let isComposing = false;
  const keys = new Set(); // that are down
  const done = new AbortController();
  const on = (target, name, act) => target.addEventListener(name, act, { signal: done.signal });
  const load = async () => {
    if (!EDITORS.load || better || isLoading) return;
    isLoading = true;
    better = await EDITORS.load().catch(() => null); // this one goes on, and the next use tries again
    isLoading = false;
    useNow();
  };
  const hasSelection = () => document.activeElement === field && field.selectionStart !== field.selectionEnd;
  const useNow = () => {
    if (!better || done.signal.aborted || isHeld || isComposing || keys.size > 0 || hasSelection()) return;
    done.abort();
    use(better);
  };
  const useSoon = () => setTimeout(useNow); // what an event does itself comes first
  const release = () => {
    isHeld = false;
    useSoon();
  };
  on(field, "focus", load);
  on(field, "pointerdown", () => {
    isHeld = true;
    load();
  });
  on(window, "pointerup", release);
  on(window, "pointercancel", release);
  on(field, "keydown", ({ code }) => keys.add(code));
  on(window, "keyup", ({ code, key }) => {
    if (key === "Meta")
      keys.clear(); // a Mac does not tell of the others that went up with it
    else keys.delete(code);
    useSoon();
  });
  on(field, "blur", () => {
    keys.clear(); // where they go up is not told
    useSoon();
  });
  on(field, "compositionstart", () => (isComposing = true));
  on(field, "compositionend", () => {
    isComposing = false;
    useSoon();
  });
}
