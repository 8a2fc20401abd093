/** Whether the page is in a sandbox, which may refuse forms and downloads and tells nobody: its origin is none. A page of files has none either, and may. */
export const isSandboxed = () => globalThis.origin === "null" && location.protocol !== "file:";
