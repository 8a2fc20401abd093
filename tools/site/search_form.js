// Searching where a form may not be sent.

import { isSandboxed } from "../../optimlib/js/ui/sandbox.js";

/** In a sandbox, Enter in a box for searching leads to the results without a form. */
export function searchWithoutForm(page) {
  if (!isSandboxed()) return;
  page.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("form.bd-search");
    if (!form || event.key !== "Enter") return;
    event.preventDefault();
    location.assign(`${form.action}?${new URLSearchParams(/** @type {any} */ (new FormData(form)))}`);
  });
}
