import CATALOGUE from "../../catalogue.json" with { type: "json" };

// What of the catalogue only other grounds than the valley need.

/** By kind. @type {Object<string, {class: string, label: string, settings: Object<string, any>, start: number[], frame: {x: number[], y: number[]}}>} */
export const GROUND_FACTS = CATALOGUE.grounds;
