/** Loads the code of a lab's parts, once. changed() is called when it is there, or could not be had. */
export function createLoader(loadParts, changed) {
  let loading = null;
  let loaded = null;
  let problem = "";
  return {
    /** LAB_PARTS, or null as long as it is not there. */
    loaded: () => loaded,
    /** Why it could not be had, or "". */
    problem: () => problem,
    /** What could not be had may be tried again. */
    forgive: () => (problem = ""),
    async load() {
      problem = "";
      loading ??= loadParts();
      try {
        loaded = await loading;
      } catch (error) {
        loading = null;
        problem = error.message;
      }
      changed();
    },
  };
}
