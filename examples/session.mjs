// Two questions and a summary of the same documents, which are opened once, as are the models.
// usage: npm run build && node examples/session.mjs [DOCUMENT] [MODEL]
import { fileURLToPath } from "node:url";
import { openDocuments } from "focus";

const handbook = fileURLToPath(new URL("handbook/chapter-19-sandrevoe.md", import.meta.url));
const [path = handbook, model] = process.argv.slice(2);

// Without a model, the embedded one reads and answers; it is pulled when it is not here.
const session = await openDocuments(path, {
  ...(model === undefined ? {} : { model, reader: model }),
  onEvent: (event) => event.kind === "warning" && console.error(event.message),
});
try {
  for (const question of ["Who designed the tower of the Sandrevoe light?", "How high is the tower?"]) {
    const { answer, verdict, citations, timings } = await session.ask(question);
    console.log(`${question}\n${answer} (${verdict}, ${(timings.totalMs / 1000).toFixed(1)} s)`);
    const [first] = citations;
    if (first !== undefined) console.log(`“${first.quote}” ${first.path}, line ${first.line}`);
  }
  const summary = await session.summarize({ summaryLength: 40 });
  for (const { text } of summary.points) console.log(`- ${text}`);
} finally {
  await session.close();
}
