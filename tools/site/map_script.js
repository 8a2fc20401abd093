// The script map.js: the map of a lab.

import { createMapPart } from "../../optimlib/js/lab/map_view.js";

globalThis.optimlibMap = createMapPart;
