import { presetIn } from "./preset_links.js";

/**
 * What a link in the address asks of a lab: a finding, in the first lab of a page, or all of a lab's settings.
 * @param {string} address
 * @param {{host: import("./scene.js").Host, loader: object, read: () => object, actions: object, openFinding: (id: string) => boolean, reveal: () => void}} lab
 */
export async function followAddress(address, { host, loader, read, actions, openFinding, reveal }) {
  const finding = host.number === 1 && host.offered.includes("findings") && presetIn(address);
  if (!finding && !address.startsWith("#lab=")) return;
  await loader.load();
  const parts = loader.loaded();
  if (!parts) return;
  if (finding && !openFinding(finding)) actions.note("The link was not used: there is no such finding.");
  const link = parts.readLink(address, read(), host.number);
  if (!link) return;
  actions.followLink(link, parts.findingOf(link.finding, read()));
  reveal();
}
