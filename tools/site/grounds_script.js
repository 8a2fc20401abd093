// The script grounds.js: the surfaces that are no quadratic valley, for the labs that have one.

import "../../optimlib/js/core/other_ground.js";

globalThis.optimlibGrounds = true;
