// What damaged files and other processes do to answers: nothing, it should be.
//
//   npm run build && node bench/robustness.mjs damage MODEL.gguf DOCUMENT [files=1000] [chunks=24]
//   npm run build && node bench/robustness.mjs processes MODEL.gguf DOCUMENT [counts=2,4,8] [seconds=60] [chunks=24]
//
// damage: files of a store are flipped, truncated, swapped, emptied, zeroed, or replaced by a foreign file or by a rightly
// sealed one of nonsense, chunks and texts alike; after each round the question is asked again.
// processes: so many ask from one store whose budget holds half of what they need, so that they evict each other's chunks.
import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAsker } from "./robustness/asker.mjs";
import { damageSome, KINDS } from "./robustness/damage.mjs";

const [mode, model, document, ...rest] = process.argv.slice(2);
const given = Object.fromEntries(rest.map((pair) => pair.split("=")));
if (document === undefined)
  throw new Error("usage: node bench/robustness.mjs damage|processes MODEL.gguf DOCUMENT");
const chunks = Number(given.chunks ?? 24);

async function damage(dir, asker) {
  const wanted = await asker.ask();
  const tally = {
    rounds: 0,
    damaged: 0,
    said: 0,
    changed: 0,
    ...Object.fromEntries(KINDS.map((kind) => [kind, 0])),
  };
  while (tally.damaged < Number(given.files ?? 1000)) {
    const kinds = await damageSome(dir, tally.rounds);
    const { answer, warnings } = await asker.ask();
    tally.rounds += 1;
    tally.damaged += kinds.length;
    for (const kind of kinds) tally[kind] += 1;
    tally.said += warnings.length;
    if (answer !== wanted.answer) tally.changed += 1;
    if (tally.rounds % 5 === 0) console.error(JSON.stringify(tally));
  }
  console.log(JSON.stringify(tally));
}

async function processes(dir, asker) {
  const { answer, bytes } = await asker.ask();
  for (const count of (given.counts ?? "2,4,8").split(",").map(Number)) {
    await rm(dir, { recursive: true, force: true });
    const job = {
      model,
      document,
      chunks,
      dir,
      budgetBytes: bytes / 2,
      wanted: answer,
      seconds: Number(given.seconds ?? 60),
    };
    const ended = await Promise.all(Array.from({ length: count }, () => child(job)));
    const sum = (name) => ended.reduce((total, one) => total + (one[name] ?? 0), 0);
    const [asked, changed, read, stored, warnings] = ["asked", "changed", "read", "stored", "warnings"].map(
      sum,
    );
    const died = ended.filter(({ code }) => code !== 0).length;
    console.log(JSON.stringify({ processes: count, asked, changed, died, read, stored, warnings }));
  }
}

/** Exit code of a process that asks for a while, and what it counted. */
function child(job) {
  return new Promise((resolve) => {
    const forked = fork(new URL("./robustness/child.mjs", import.meta.url), [JSON.stringify(job)]);
    let counted = {};
    forked.on("message", (message) => {
      counted = message;
    });
    forked.on("exit", (code) => resolve({ code, ...counted }));
  });
}

const dir = await mkdtemp(join(tmpdir(), "focus-robustness-"));
const asker = await openAsker({ model, document, chunks, dir });
try {
  await (mode === "damage" ? damage(dir, asker) : processes(dir, asker));
} finally {
  await asker[Symbol.asyncDispose]();
  await rm(dir, { recursive: true, force: true });
}
