import { chunkDocuments } from "../document/chunk.ts";
import { commonLanguage } from "../document/language.ts";
import { cite } from "./attribution/citation.ts";
import { type Source, shareOf, wordSet, wordWeights } from "./attribution/match.ts";
import { type Passage, passagesOf } from "./attribution/passage.ts";
