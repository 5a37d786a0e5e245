import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, it } from "vitest";

const INDEX = fileURLToPath(new URL("../src/index.ts", import.meta.url));
const CONFIG = fileURLToPath(new URL("../tsconfig.json", import.meta.url));

/** What src/index.ts exports, by what can be done with it. */
function exported(): { readonly values: string[]; readonly types: string[] } {
  const { config } = ts.readConfigFile(CONFIG, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(
    config,
    ts.sys,
    fileURLToPath(new URL("..", import.meta.url)),
  );
  const program = ts.createProgram([INDEX], options);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(INDEX);
  const index = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  const all = index === undefined ? [] : checker.getExportsOfModule(index);
  const isValue = (symbol: ts.Symbol): boolean => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const isTypeOnly = symbol.declarations?.some((one) => ts.isTypeOnlyExportDeclaration(one)) === true;
    return !isTypeOnly && (target.flags & ts.SymbolFlags.Value) !== 0;
  };
  const names = (symbols: readonly ts.Symbol[]): string[] => symbols.map(({ name }) => name).sort();
  return { values: names(all.filter(isValue)), types: names(all.filter((one) => !isValue(one))) };
}

it("exports these names and no others: one that goes or changes is a change for programs that use focus", () => {
  expect(exported()).toMatchInlineSnapshot(`
    {
      "types": [
        "Adapter",
        "Answer",
        "AskOptions",
        "CandidateOptions",
        "Chunk",
        "Citation",
        "CondenseOptions",
        "CondenserInput",
        "Coverage",
        "Document",
        "EngineEvent",
        "EngineInput",
        "EngineListener",
        "Evidence",
        "ExtractedItem",
        "Extraction",
        "LanguageModel",
        "LocalAdapter",
        "Page",
        "Places",
        "PointCitation",
        "PoolOptions",
        "QuestionOptions",
        "ReadOptions",
        "ReadPlan",
        "ReadResult",
        "Section",
        "Sequence",
        "SequencePool",
        "Session",
        "SessionEvent",
        "SessionListener",
        "SessionOptions",
        "Source",
        "SummarizeInput",
        "SummarizeOptions",
        "Summary",
        "SummaryOptions",
        "SummaryPoint",
      ],
      "values": [
        "Condenser",
        "Contexts",
        "Corpus",
        "EXIT",
        "FocusError",
        "InputError",
        "KvStore",
        "KvStoreError",
        "ModelError",
        "StoppedError",
        "UsageError",
        "WordVectors",
        "ask",
        "chunkDocuments",
        "composeState",
        "fileSource",
        "loadModel",
        "loadPrompts",
        "openBackend",
        "openDocuments",
        "openStore",
        "parseBytes",
        "parseFile",
        "parseState",
        "planRead",
        "pullModel",
        "readCondenser",
        "readDocuments",
        "readMetadata",
        "readerWeights",
        "requireReader",
        "resolveAdapter",
        "resolveModel",
        "stateBytes",
        "summarize",
      ],
    }
  `);
});
