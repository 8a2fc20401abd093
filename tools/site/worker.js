// What both workers of a box share: they make an interpreter ready, and it does one job.

import CODE_LIMITS from "../../optimlib/portable/code_limits.json" with { type: "json" };
import CODE_WORDS from "../../optimlib/portable/code_words.json" with { type: "json" };

const MOST_PRINTED = CODE_LIMITS.printed; // characters

/** What every interpreter runs before its job. In the frame of a box there is nobody who could type. */
export const PROGRAM = `
import builtins
from optimlib.portable.job import reply
from optimlib.portable.errors import IN_MICROPYTHON
from optimlib.portable.printing import print_exactly
if IN_MICROPYTHON:
    builtins.print = print_exactly
def input(*words):
    raise OSError("nothing can be typed in while code runs in the page")
builtins.input = input
`;

/**
 * Answer the frame (box_frame.js).
 * @param {(given: {module: WebAssembly.Module, given: {files: Object<string, string>, library?: ArrayBuffer}, kept: any}) => Promise<{reply: (job: string, exercises: string) => string, printed: Printed}>} prepare
 */
export function serve(prepare) {
  let ready;
  self.onmessage = async ({ data }) => {
    if (data.module) {
      ready = prepare(data);
      ready.catch(() => {}); // told to the job that needs it
      return;
    }
    try {
      const { reply, printed } = await ready;
      postMessage({ started: true });
      const text = reply(data.job, data.exercises);
      postMessage({ reply: text, printed: printed.beginning() });
    } catch (error) {
      postMessage({ problem: lastLine(error.message) });
    }
  };
}

/** What is printed, as bytes: the beginning is kept. */
export class Printed {
  bytes = [];

  add(byte) {
    if (this.bytes.length <= 4 * MOST_PRINTED) this.bytes.push(byte);
  }

  beginning() {
    const text = new TextDecoder().decode(new Uint8Array(this.bytes));
    const characters = [...text.replaceAll("\r\n", "\n")];
    if (characters.length <= MOST_PRINTED) return characters.join("");
    return `${characters.slice(0, MOST_PRINTED).join("")}\n${CODE_WORDS.cut}`;
  }
}

/** Of a traceback: what went wrong. */
const lastLine = (message) =>
  message
    .trim()
    .split("\n")
    .at(-1)
    .replace(/[:.\s]+$/, "");
