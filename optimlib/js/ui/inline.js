import { html } from "./dom.js";

// How marked-up text is shown. Text from data is always text, never HTML.

/** Text with `code` and *emphasis* as pieces: [["text", ...], ["code", ...], ["em", ...]]. */
export function inlinePieces(text) {
  return String(text)
    .split(/(`[^`]+`|\*[^\s*](?:[^*]*[^\s*])?\*)/)
    .map((piece, i) => (i % 2 ? [piece[0] === "`" ? "code" : "em", piece.slice(1, -1)] : ["text", piece]))
    .filter(([, piece]) => piece !== "");
}

/** Those pieces as nodes. */
export function inline(text) {
  return inlinePieces(text).map(([kind, piece]) => (kind === "text" ? piece : html(kind, {}, piece)));
}
