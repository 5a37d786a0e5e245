// Public question sets with the places of their evidence: [{ name, text, questions: [{ question, gold: [[start, end]] }] }].
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { shuffled } from "./random.mjs";

const SEED = 1;

const jsonLines = async (file) => (await readFile(file, "utf8")).trim().split("\n").map(JSON.parse);

/** Meetings of QMSum (Zhong et al. 2021): evidence is given as turns. */
async function qmsum(file) {
  const meetings = await jsonLines(file);
  return meetings.map(({ meeting_transcripts: turns, specific_query_list: asked }, i) => {
    let text = "";
    const spans = turns.map(({ speaker, content }) => {
      const start = text.length;
      text += `${speaker}: ${content}\n`;
      return [start, text.length];
    });
    const questions = asked.map(({ query, answer, relevant_text_span: places }) => ({
      question: query,
      answers: [answer],
      gold: places.map(([from, to]) => [spans.at(from)[0], (spans[to] ?? spans.at(-1))[1]]),
    }));
    return { name: `meeting ${i}`, text, questions };
  });
}

/** Corpora of chunking_evaluation (Smith & Troynikov 2024): evidence is given as excerpts. */
async function chroma(folder) {
  const rows = records(await readFile(join(folder, "questions_df.csv"), "utf8")).slice(1);
  const files = (await readdir(folder)).filter((file) => file.endsWith(".md"));
  return Promise.all(
    files.map(async (file) => {
      const name = basename(file, ".md");
      const text = await readFile(join(folder, file), "utf8");
      const questions = rows
        .filter(([, , corpus]) => corpus === name)
        .map(([question, references]) => ({
          question,
          gold: JSON.parse(references).flatMap(({ content }) => placesOf(content, text)),
        }));
      return { name, text, questions };
    }),
  );
}

/** Long documents of L-Eval (An et al. 2023): evidence is where the answer stands word for word. */
async function leval(file) {
  const documents = await jsonLines(file);
  return documents.map(({ input, instructions, outputs }, i) => {
    const questions = instructions.map((asked, at) => ({
      question: asked.replaceAll(/\s+/gu, " ").trim(),
      answers: [String(outputs[at])],
      gold: placesOf(String(outputs[at]).trim().replace(/\.$/u, ""), input),
    }));
    return { name: `${basename(file, ".jsonl")} ${i}`, text: input, questions };
  });
}

/** Characters of a document that is made of passages of a source without whole documents. */
const JOINED = 60_000;

/**
 * Records of the training data's converted sets: { question, passage, span, lang, doc, doc_span }, one a line, with
 * the documents beside them where there are any. Passages without one are joined. A question that is answered in several
 * places of a document has all of them.
 */
async function qa(file) {
  const rows = (await zippedLines(file)).filter(({ answerable, span }) => answerable && span !== null);
  const beside = file.replace(/\.(?:dev|train)\.jsonl\.gz$/u, ".docs.jsonl.gz");
  const texts = new Map(
    existsSync(beside) ? (await zippedLines(beside)).map(({ doc, text }) => [doc, text]) : [],
  );
  const found = new Map();
  const places = new Map();
  for (const { question, passage, answers, span, lang, doc, doc_span: place } of rows) {
    if (texts.has(doc) && place === null) continue;
    const one = texts.has(doc) ? whole(found, doc, texts.get(doc)) : joined({ found, places }, lang, passage);
    const start = texts.has(doc) ? place[0] : places.get(passage).start;
    if (!one.text.startsWith(passage, start)) continue;
    const gold = [start + span[0], start + span[1]];
    const same = one.questions.find((other) => other.question === question);
    if (same === undefined) one.questions.push({ question, answers, gold: [gold] });
    else {
      same.gold.push(gold);
      same.answers.push(...answers);
    }
  }
  return [...found.values()];
}

function whole(found, name, text) {
  if (!found.has(name)) found.set(name, { name, text, questions: [] });
  return found.get(name);
}

function joined({ found, places }, lang, passage) {
  const known = places.get(passage);
  if (known !== undefined) return known.one;
  let part = 0;
  while ((found.get(`${lang} ${part}`)?.text.length ?? 0) > JOINED) part += 1;
  const one = whole(found, `${lang} ${part}`, "");
  places.set(passage, { one, start: one.text.length });
  one.text += `${passage}\n\n`;
  return one;
}

async function zippedLines(file) {
  return gunzipSync(await readFile(file))
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

export const SETS = { qmsum, chroma, leval, qa };

/**
 * [{ set, name, text, questions }] of [[kind, path], …]: at most so many documents a set, and questions a document, drawn
 * by lot. Questions without evidence in the text are left out. `together`: the documents of a set make one long one.
 */
export async function readSets(wanted, { documents, questions, together = false }) {
  const all = await Promise.all(
    wanted.map(async ([kind, path]) => {
      const found = (await SETS[kind](path)).map((one) => ({
        set:
          kind === "chroma"
            ? "chroma"
            : basename(path)
                .split(".")
                .slice(0, kind === "leval" ? 2 : 1)
                .join("."),
        ...one,
        questions: shuffled(
          one.questions.filter(({ gold }) => gold.length > 0),
          SEED,
        ).slice(0, questions),
      }));
      const asked = found.filter((one) => one.questions.length > 0);
      const chosen = shuffled(asked, SEED).slice(0, documents);
      return together && chosen.length > 0 ? [oneOf(chosen)] : chosen;
    }),
  );
  return all.flat();
}

/** Documents one behind the other, with the questions of all. */
function oneOf(documents) {
  const [{ set }] = documents;
  const one = { set, name: `${documents.length} documents`, text: "", questions: [] };
  for (const { text, questions } of documents) {
    const at = one.text.length;
    one.text += `${text}\n\n`;
    for (const asked of questions) {
      one.questions.push({ ...asked, gold: asked.gold.map(([start, end]) => [at + start, at + end]) });
    }
  }
  return one;
}

function placesOf(wanted, text) {
  if (wanted.length < 3) return [];
  const places = [];
  const [low, all] = [wanted.toLowerCase(), text.toLowerCase()];
  for (let at = all.indexOf(low); at >= 0; at = all.indexOf(low, at + 1)) places.push([at, at + low.length]);
  return places.slice(0, 20);
}

/** The records of a CSV text (RFC 4180). */
function records(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gu)) {
    if (quoted === undefined && plain === "" && end === "") continue;
    rows.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 1);
}
