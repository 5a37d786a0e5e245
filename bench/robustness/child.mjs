// One of several processes: asks for some seconds, and sends its parent what it counted.
import { openAsker } from "./asker.mjs";

const { wanted, seconds, ...job } = JSON.parse(process.argv[2]);
const counted = { asked: 0, changed: 0, read: 0, stored: 0, warnings: 0 };
const end = performance.now() + seconds * 1000;
const asker = await openAsker(job);
while (performance.now() < end) {
  const { answer, counts, warnings } = await asker.ask();
  counted.asked += 1;
  counted.changed += answer === wanted ? 0 : 1;
  counted.read += counts.read;
  counted.stored += counts.stored;
  counted.warnings += warnings.length;
}
await asker[Symbol.asyncDispose]();
process.send(counted, () => process.disconnect());
