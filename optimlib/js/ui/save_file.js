import { isSandboxed } from "./sandbox.js";

// Saving a text as a file of the reader's.

/** Save a text as a file. @returns {boolean} whether the reader surely gets it: otherwise show it, to be copied */
export function saveFile(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return !isSandboxed();
}
