import RANGES from "../../lab/ranges.json" with { type: "json" };
import { textLinks } from "../ui/text_links.js";

/** What an address such as #pair=860,45 asks for, or null. @returns {?{condition: number, angle: number}} */
export function pairIn(address) {
  const found = /#pair=(\d+),(\d+)$/.exec(address);
  if (!found) return null;
  const [condition, angle] = found.slice(1).map(Number);
  const isIn = (value, name) => value >= RANGES[name][0] && value <= RANGES[name][1];
  return isIn(condition, "condition") && isIn(angle, "angle") ? { condition, angle } : null;
}

/** Let the links of the text set a Pair: (element, show({condition, angle})). */
export const followPairLinks = textLinks({ name: "optimlib.pairs", mark: "#pair=", read: pairIn });
