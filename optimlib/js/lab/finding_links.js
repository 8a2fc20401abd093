import { textLinks } from "../ui/text_links.js";

/** The id in an address such as #preset=past-the-edge, or "". */
export const presetIn = (address) => /#preset=([\w-]+)$/.exec(address)?.[1] ?? "";

/** Let the links of the text open findings in a lab: (element, open(id)). */
export const followPresetLinks = textLinks({ name: "optimlib.labs", mark: "#preset=", read: presetIn });
