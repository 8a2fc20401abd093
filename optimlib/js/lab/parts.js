import { createArrows } from "../valley/arrows.js";
import { createBrakeBars } from "./brake_bars.js";
import { createAdder } from "./adder.js";
import { createFindings } from "./findings.js";
import { renderLab } from "./lab.js";
import { createMapPart } from "./map_view.js";
import { createMeasureTable } from "./measure_table.js";
import { playOwnRule } from "./own_rule_runner.js";
import { createOwnRule } from "./own_rule_panel.js";
import { createPartActions } from "./part_actions.js";
import { createPredict } from "./predict.js";
import { createRatePanel } from "./rate_panel.js";
import { createSeeds } from "./seeds.js";
import { createShare } from "./share.js";
import { createSidePlots } from "./side_plots.js";
import { createSums } from "./sums.js";
import { createValleyCard } from "./valley_card.js";

/**
 * What a lab does not need before the reader opens it: a page loads it then. Each part's maker is given what
 * a reader can do in it (part_actions.js), and gives a Part (part_boxes.js). The map, "share" and "own" come later still (later_part.js).
 */
export const LAB_PARTS = {
  arrows: createArrows,
  brakes: createBrakeBars,
  seeds: createSeeds,
  plots: createSidePlots,
  measures: createMeasureTable,
  sums: createSums,
  add: createAdder,
  valley: createValleyCard,
  rate: createRatePanel,
  findings: createFindings,
  predict: createPredict,
  createPartActions,
  playOwnRule,
};

/** The lab with all of its parts at hand, as in Jupyter, where they come in one module. */
export const renderWholeLab = (given) =>
  renderLab({
    ...given,
    loadParts: async () => ({ ...LAB_PARTS, map: createMapPart, share: createShare, own: createOwnRule }),
    loadGrounds: async () => true,
  });
