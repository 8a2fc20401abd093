// The script parts.js: what a lab does not need before a part of it is opened.

import { laterPart } from "../../optimlib/js/lab/later_part.js";
import { LAB_PARTS } from "../../optimlib/js/lab/parts.js";
import { loadScript } from "./load.js";

globalThis.optimlibParts = {
  ...LAB_PARTS,
  map: laterPart("map", () => loadScript("map.js", "optimlibMap")),
  share: laterPart("share", () => loadScript("share.js", "optimlibShare")),
  own: laterPart("own", () => loadScript("own.js", "optimlibOwn")),
};
