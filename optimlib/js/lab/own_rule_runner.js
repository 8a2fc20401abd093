import { drawsOf, noiseOf } from "../core/noise.js";
import { sine, surfaceOf } from "../core/surface.js";

/** Whether a reply is for a job. What had to be stopped is not tried again until Run is pressed. */
export function isAnswered(job, reply) {
  const names = reply.stopped ? ["source", "run"] : Object.keys(job);
  const known = { ground: {}, ...reply.job }; // a page of an older notebook has none
  return names.every((name) => JSON.stringify(job[name]) === JSON.stringify(known[name]));
}

const busy = new WeakSet(); // the models whose rule is running

/** On the site: have the page's Python answer the job that present() gives, one at a time, and the latest next. */
export async function playOwnRule(model, python, present) {
  if (busy.has(model)) return;
  busy.add(model);
  for (;;) {
    const job = present();
    if (job.source.trim() === "" || isAnswered(job, model.get("own_rule_reply") ?? {})) break;
    const { source, ground, curvatures, angle, noise, start, steps } = job;
    const turn = angle % 360 === 0 ? null : [sine(angle + 90), sine(angle)];
    let reply;
    try {
      const drawn = drawsOf(noiseOf(noise), steps, 2);
      const draws = drawn?.[0].map((_, step) => drawn.map((line) => line[step])) ?? null; // by step, as Python has them
      reply = await python.run({ task: "path", source, curvatures, turn, start, steps, draws, ground: ground.kind ? ground : null });
    } catch (error) {
      reply = { stopped: error.message };
    }
    const losses = reply.points?.map(surfaceOf(job).loss);
    model.set("own_rule_reply", { ...reply, losses, job });
  }
  busy.delete(model);
}
