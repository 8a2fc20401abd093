// The better editor of code, CodeMirror, which optimlib/js/ui/code_editor.js puts in place of a <textarea>.
// tools/bundles.py makes one classic script of it, loaded when an editor is first used.

import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Annotation } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const LOOK = EditorView.theme({
  ".cm-content": { caretColor: "var(--ol-ink)" },
  ".cm-line": { padding: 0 },
  ".cm-scroller": { fontFamily: "inherit", lineHeight: "inherit" },
  "&.cm-focused": { outline: "2px solid var(--ol-accent)", outlineOffset: "2px" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--ol-soft)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: "1px solid var(--ol-wrong)" },
});

const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.bool, tags.null], color: "var(--ol-accent)", fontWeight: "600" },
  { tag: [tags.string, tags.number], color: "var(--ol-right)" },
  { tag: tags.comment, color: "var(--ol-soft)", fontStyle: "italic" },
  { tag: tags.function(tags.definition(tags.variableName)), fontWeight: "600" },
]);

/** After Escape, Tab leaves, until another key is pressed. CodeMirror's own time for that is two seconds. */
const ESCAPE = {
  key: "Escape",
  run(view) {
    view.setTabFocusMode(1e9);
    return true;
  },
};

/** Ctrl+Enter is the page's: it runs the code. */
const KEYS = defaultKeymap.filter(({ key }) => key !== "Mod-Enter");

const written = Annotation.define(); // on a change that the reader did not make

/** @returns an editor as in code_editor.js, which can also take the focus */
function createEditor({ text, selection: [anchor, head], label, hint, onInput }) {
  const view = new EditorView({
    doc: text,
    selection: { anchor, head },
    extensions: [
      history(),
      keymap.of([ESCAPE, indentWithTab, ...KEYS, ...historyKeymap]),
      pythonLanguage,
      indentUnit.of("    "),
      indentOnInput(),
      bracketMatching(),
      syntaxHighlighting(COLOURS),
      LOOK,
      EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": hint, tabindex: "0" }),
      EditorView.domEventHandlers({ blur: (_, editor) => editor.setTabFocusMode(false) }),
      EditorView.updateListener.of(({ docChanged, transactions }) => {
        if (docChanged && !transactions.some((one) => one.annotation(written))) onInput();
      }),
    ],
  });
  return {
    element: view.dom,
    focus: () => view.focus(),
    read: () => view.state.doc.toString(),
    write: (now) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: now }, annotations: written.of(true) }),
  };
}

globalThis.optimlibEditor = { createEditor };
