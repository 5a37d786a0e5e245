// Tables: evidence recall (sets by arms at the window that matters, arms by windows), and answers (sets by figures).
import { auroc } from "../calibrate/fit.mjs";
import { armsOf, judgedUntil, STOPPING } from "./arms.mjs";
import { interval, mean, recall } from "./evidence.mjs";

const BUDGETS = [512, 1024, 2048, 4096];
const MAIN = 2048;
const BASE = "bm25";
export const BY_BUDGET = "mean of the sets by tokens of the window, %";
const percent = (value) => (100 * value).toFixed(1);
const namesOf = (rows) => [...new Set(rows.map(({ set }) => set))];

/** { title: { row: { column: text } } } of records (../ask.mjs) that have scores. */
export function evidenceTables(records) {
  const rows = records.filter(({ bm25 }) => bm25 !== undefined).map(withRecalls);
  if (rows.length === 0) return {};
  const arms = Object.keys(rows[0].recalls).filter((arm) => rows.every(({ recalls }) => arm in recalls));
  const sets = namesOf(rows);
  const of = (arm, set, budget) =>
    rows.filter((row) => row.set === set).map(({ recalls }) => recalls[arm][budget]);
  const overall = (arm, budget) => percent(mean(sets.map((set) => mean(of(arm, set, budget)))));
  const bySet = arms.map((arm) => {
    const differences = rows.map(({ recalls }) => recalls[arm][MAIN] - recalls[BASE][MAIN]);
    const against = `${percent(mean(differences))} [${interval(differences).map(percent).join(", ")}]`;
    const cells = sets.map((set) => [set, percent(mean(of(arm, set, MAIN)))]);
    return [arm, { mean: overall(arm, MAIN), against, ...Object.fromEntries(cells) }];
  });
  const byBudget = arms.map((arm) => [arm, Object.fromEntries(BUDGETS.map((b) => [b, overall(arm, b)]))]);
  const counts = sets.map((set) => [set, rows.filter((row) => row.set === set).length]);
  return {
    [`evidence in ${MAIN} tokens, %`]: {
      questions: { mean: rows.length, against: "", ...Object.fromEntries(counts) },
      ...Object.fromEntries(bySet),
    },
    [BY_BUDGET]: Object.fromEntries(byBudget),
    ...judgedTable(records.filter(({ margins }) => margins !== undefined)),
  };
}

/** Chunks that each rule of stopping judges. */
function judgedTable(records) {
  if (records.length === 0) return {};
  const counts = Object.entries(STOPPING).map(([name, rule]) => {
    const ofSets = namesOf(records).map((set) =>
      mean(records.filter((record) => record.set === set).map((record) => judgedUntil(record, rule).judged)),
    );
    return [name, { chunks: mean(ofSets).toFixed(1) }];
  });
  return { "chunks judged, mean of the sets": Object.fromEntries(counts) };
}

function withRecalls(record) {
  const recalls = Object.entries(armsOf(record)).map(([arm, rank]) => {
    const ranking = rank();
    return [arm, Object.fromEntries(BUDGETS.map((budget) => [budget, recall(ranking, record, budget)]))];
  });
  return { set: record.set, recalls: Object.fromEntries(recalls) };
}

/** A table for each style of answer that the records have. */
export function answerTables(records) {
  const styles = [...new Set(records.flatMap(({ answers = {} }) => Object.keys(answers)))];
  return Object.fromEntries(
    styles.map((style) => {
      const all = records.filter(({ answers }) => answers?.[style] !== undefined);
      const sets = ["all", ...namesOf(all)];
      const rows = sets.map((set) => {
        return [
          set,
          figures(
            all.filter((record) => set === "all" || record.set === set),
            style,
          ),
        ];
      });
      return [`answers: ${style}`, Object.fromEntries(rows)];
    }),
  );
}

function figures(records, style) {
  const of = (isForeign) =>
    records.filter(({ foreign = false }) => foreign === isForeign).map(({ answers }) => answers[style]);
  const [own, others] = [of(false), of(true)];
  const share = (rows, value) => percent(mean(rows.map(value)));
  return {
    n: own.length,
    exact: share(own, ({ exact }) => exact),
    f1: share(own, (answer) => answer.f1),
    contains: share(own, (answer) => answer.contains),
    "answer or quote": share(own, ({ quoted }) => quoted),
    "cites evidence": share(own, ({ evidence }) => evidence),
    "false absent": share(own, ({ verdict }) => Number(verdict === "absent")),
    others: others.length,
    "absent, others": share(others, ({ verdict }) => Number(verdict === "absent")),
    auroc: percent(
      auroc(
        own.map(({ confidence }) => confidence),
        others.map(({ confidence }) => confidence),
      ),
    ),
    seconds: mean(own.map(({ seconds }) => seconds)).toFixed(1),
    tokens: mean(own.map(({ tokens }) => tokens)).toFixed(0),
  };
}
