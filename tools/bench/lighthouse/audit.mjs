// node audit.mjs <path of Chromium> <address> ...: a line of JSON for each address, with its scores and what cost points.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";

const [chromePath, ...addresses] = process.argv.slice(2);
const chrome = await launch({ chromePath, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
for (const address of addresses) {
  const { lhr } = await lighthouse(address, { port: chrome.port, logLevel: "silent", output: "json" });
  const scores = Object.values(lhr.categories).map(({ title, score }) => [title, Math.round(100 * score)]);
  const costs = Object.values(lhr.categories).flatMap(({ auditRefs }) =>
    auditRefs
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)
      .map(({ id }) => [id, lhr.audits[id].displayValue ?? "", (lhr.audits[id].details?.items ?? []).slice(0, 5).map((item) => item.node?.snippet ?? item.url ?? item.source ?? "")]),
  );
  console.log(JSON.stringify({ address, scores, costs }));
}
await chrome.kill();
