// Saving a text as a file of the reader's.

/** Whether the page is in a sandbox, which may refuse forms and downloads and tells nobody: its origin is none. A page of files has none either, and may. */
export const isSandboxed = () => globalThis.origin === "null" && location.protocol !== "file:";

/** Save a text as a file. @returns {boolean} whether the reader surely gets it: otherwise show it, to be copied */
export function saveFile(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return !isSandboxed();
}
