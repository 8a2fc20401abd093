import PROGRESS from "../../exercises/progress.json" with { type: "json" };
import { entryOf, updated } from "./progress.js";

// Progress as a file to hand in: what is kept, a name, the course's version, and a checksum. exercises/progress.py reads the same.

/** The CRC-32 of bytes, as zlib has it. @param {Uint8Array} bytes */
export function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const hexOf = (text) => crc32(new TextEncoder().encode(text)).toString(16).padStart(8, "0");
const CHECKSUM = /"checksum": "([0-9a-f]{8})"\s*\}\s*$/;
const ZEROS = "00000000";

/**
 * The text of a file that hands in these entries.
 * @param {Object<string, import("./progress.js").Entry>} kept
 * @param {{name: string, course: string}} given the reader's name, or "", and the course's version
 */
export function exportText(kept, { name, course }) {
  const { format, version } = PROGRESS;
  const text = `${JSON.stringify({ format, version, ...(name && { name }), course, exercises: kept, checksum: ZEROS }, null, 1)}\n`;
  return text.replace(CHECKSUM, (end) => end.replace(ZEROS, hexOf(text)));
}

/** What the checksum of such a text says: "whole", "changed", or "" where it has none. */
export function checked(given) {
  const text = given.replaceAll("\r\n", "\n");
  const [, sum] = CHECKSUM.exec(text) ?? [];
  if (!sum) return "";
  const plain = text.replace(CHECKSUM, (end) => end.replace(sum, ZEROS));
  return hexOf(plain) === sum ? "whole" : "changed";
}

/** The name in such a text, or "". */
export function nameIn(text) {
  const { name } = JSON.parse(text);
  return typeof name === "string" ? name.trim().slice(0, 100) : "";
}

/** A name for the file: optimlib-progress-ada-lovelace.json. */
export function fileName(name) {
  const words = name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return `${["optimlib-progress", ...words].join("-").slice(0, 60)}.json`;
}

/** What a file says, also one that an editor saved in UTF-16. @param {ArrayBuffer} bytes */
export function textOf(bytes) {
  const [first, second] = new Uint8Array(bytes);
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}

/**
 * What is kept after a file was taken: nothing of mine is lost. An answer is the one that solved it, else mine, else theirs;
 * a draft is always mine.
 * @param {Object<string, import("./progress.js").Entry>} mine
 * @param {Object<string, import("./progress.js").Entry>} theirs
 */
export function withFile(mine, theirs) {
  const drafts = (own) => Object.fromEntries(Object.entries(own).filter(([name]) => name === "draft" || name === "draft_seed"));
  const taken = Object.entries(theirs).map(([id, entry]) => {
    const own = entryOf(mine, id);
    const isSolvedByIt = entry.state === "solved" && own.state !== "solved";
    return [id, isSolvedByIt ? { ...updated(own, entry), ...drafts(own) } : updated(entry, own)];
  });
  return { ...mine, ...Object.fromEntries(taken) };
}
