// Sets formulas with KaTeX: reads [{text, isDisplay}, ...] as JSON, and answers with [{html} or {error}, ...].

import katex from "katex";

function set({ text, isDisplay }) {
  try {
    return { html: katex.renderToString(text, { displayMode: isDisplay, throwOnError: true }) };
  } catch (error) {
    return { error: error.message };
  }
}

let given = "";
for await (const part of process.stdin.setEncoding("utf8")) given += part;
process.stdout.write(JSON.stringify(JSON.parse(given).map(set)));
