import { describe, expect, it } from "vitest";
import { CACHE_LIST_FORMATS, type CacheListing } from "../../src/format/cache.ts";
import {
  CACHE_COLLECT_FORMATS,
  CACHE_REMOVE_FORMATS,
  type Collection,
} from "../../src/format/cache-upkeep.ts";
import { type Formats, formatterFor } from "../../src/format/format.ts";
import { age } from "../../src/format/quantity.ts";

const NOW_MS = Date.UTC(2026, 0, 31, 12);

const LISTING: CacheListing = {
  dir: "/home/ada/.cache/focus/kv",
  documents: [
    {
      id: "0123456789ab",
      path: "reports/annual_2025.pdf",
      title: "Annual Report",
      model: "smollm2-135m",
      tokens: 512_341,
      chunks: 1102,
      storedChunks: 1100,
      bytes: 11.8e9,
      lastUsedMs: NOW_MS - 3 * 3_600_000,
    },
    {
      id: "fedcba987654",
      path: "-",
      title: undefined,
      model: "smollm2-135m",
      tokens: 900,
      chunks: 2,
      storedChunks: 2,
      bytes: 20_700_000,
      lastUsedMs: NOW_MS - 40 * 86_400_000,
    },
  ],
  texts: { files: 2, bytes: 7.6e6 },
  unclaimed: { files: 3, bytes: 34e6 },
  total: { files: 1107, bytes: 11.85e9 },
  recognised: { files: 12, bytes: 31e3 },
  budgetBytes: 50e9,
  nowMs: NOW_MS,
};

const EMPTY: CacheListing = {
  ...LISTING,
  documents: [],
  texts: { files: 0, bytes: 0 },
  unclaimed: { files: 0, bytes: 0 },
  total: { files: 0, bytes: 0 },
  recognised: { files: 0, bytes: 0 },
};

function show<Result>(formats: Formats<Result>, name: string, result: Result): string {
  return formatterFor(formats, name)(result, { color: false, width: undefined });
}

describe("what the store holds", () => {
  it("is a line a document, with what is stored, how large and how old, then what all of it takes", () => {
    expect(show(CACHE_LIST_FORMATS, "text", LISTING)).toBe(
      "id            document                 model              chunks   size  used         title\n" +
        "0123456789ab  reports/annual_2025.pdf  smollm2-135m  1,100/1,102  12 GB  3 h ago      Annual Report\n" +
        "fedcba987654  standard input           smollm2-135m          2/2  21 MB  40 days ago\n" +
        "texts      2 files, 7.6 MB, of parsed documents\n" +
        "unclaimed  3 chunks, 34 MB, of reads that were stopped or of earlier versions\n" +
        "total      1,105 chunks, 12 GB of at most 50 GB, in /home/ada/.cache/focus/kv\n" +
        "pictures   12 texts, 31 kB, recognised in them: focus cache rm --all deletes them\n",
    );
  });

  it("is the total alone when nothing is stored", () => {
    const total = "0 chunks, 0 B of at most 50 GB, in /home/ada/.cache/focus/kv\n";
    expect(show(CACHE_LIST_FORMATS, "text", EMPTY)).toBe(`total      ${total}`);
    expect(show(CACHE_LIST_FORMATS, "markdown", EMPTY)).toBe(`- total: ${total}`);
    expect(show(CACHE_LIST_FORMATS, "jsonl", EMPTY)).toBe("");
  });

  it("is a table in Markdown, where a path is no markup", () => {
    expect(show(CACHE_LIST_FORMATS, "markdown", LISTING)).toBe(
      "| id | document | model | chunks | size | used | title |\n" +
        "| --- | --- | --- | --: | --: | --- | --- |\n" +
        "| 0123456789ab | reports/annual\\_2025.pdf | smollm2-135m | 1,100/1,102 | 12 GB | 3 h ago | Annual Report |\n" +
        "| fedcba987654 | standard input | smollm2-135m | 2/2 | 21 MB | 40 days ago |  |\n" +
        "\n" +
        "- texts: 2 files, 7.6 MB, of parsed documents\n" +
        "- unclaimed: 3 chunks, 34 MB, of reads that were stopped or of earlier versions\n" +
        "- total: 1,105 chunks, 12 GB of at most 50 GB, in /home/ada/.cache/focus/kv\n" +
        "- pictures: 12 texts, 31 kB, recognised in them: focus cache rm --all deletes them\n",
    );
  });

  it("lets no path and no title steer the terminal", () => {
    const documents = LISTING.documents.map((document) => ({
      ...document,
      path: "\u001b[2Ja\nb",
      title: "\u0007c",
    }));
    const text = show(CACHE_LIST_FORMATS, "text", { ...LISTING, documents });
    expect(text).toContain("  a b  ");
    expect(text).not.toContain("\u0007");
    expect(text).not.toContain("\u001b");
  });

  it("is an object as JSON, and a line a document as JSON Lines", () => {
    const { version, command, documents, ...rest } = JSON.parse(show(CACHE_LIST_FORMATS, "json", LISTING));
    expect([version, command]).toEqual([1, "cache ls"]);
    const { dir, texts, unclaimed, total, recognised, budgetBytes } = LISTING;
    expect(rest).toEqual({ dir, texts, unclaimed, total, recognised, budgetBytes });
    expect(documents[0]).toEqual({
      id: "0123456789ab",
      path: "reports/annual_2025.pdf",
      title: "Annual Report",
      model: "smollm2-135m",
      tokens: 512_341,
      chunks: 1102,
      storedChunks: 1100,
      bytes: 11.8e9,
      lastUsed: "2026-01-31T09:00:00.000Z",
    });
    expect(documents[1]).toMatchObject({ path: "-", title: null });
    const lines = show(CACHE_LIST_FORMATS, "jsonl", LISTING).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(documents);
  });
});

describe("what rm deleted", () => {
  const removal = { documents: [{ id: "0123456789ab", path: "a.pdf" }], freed: { files: 25, bytes: 284e6 } };

  it("is said on one line", () => {
    for (const format of ["text", "markdown"]) {
      expect(show(CACHE_REMOVE_FORMATS, format, removal)).toBe(
        "deleted 1 document, 25 files; freed 284 MB\n",
      );
    }
  });

  it("names the documents as JSON", () => {
    for (const format of ["json", "jsonl"]) {
      expect(JSON.parse(show(CACHE_REMOVE_FORMATS, format, removal))).toEqual({
        version: 1,
        command: "cache rm",
        ...removal,
      });
    }
  });
});

describe("what gc deleted", () => {
  const nothing = { files: 0, bytes: 0 };
  const idle: Collection = {
    budgetBytes: 50e9,
    leftovers: 0,
    damaged: nothing,
    unclaimed: nothing,
    overBudget: nothing,
    records: 0,
  };
  const busy: Collection = {
    budgetBytes: 1e9,
    leftovers: 1,
    damaged: { files: 1, bytes: 1e6 },
    unclaimed: { files: 2, bytes: 24e6 },
    overBudget: { files: 10, bytes: 120e6 },
    records: 3,
  };

  it("is said with the reasons, and what that freed", () => {
    expect(show(CACHE_COLLECT_FORMATS, "text", busy)).toBe(
      "deleted 1 half-written file, 1 damaged file, 2 files that no document claims, " +
        "10 files beyond the budget of 1.0 GB, 3 records of documents with nothing stored; freed 145 MB\n",
    );
    expect(show(CACHE_COLLECT_FORMATS, "text", { ...idle, leftovers: 2 })).toBe(
      "deleted 2 half-written files; freed 0 B\n",
    );
  });

  it("may be nothing", () => {
    expect(show(CACHE_COLLECT_FORMATS, "markdown", idle)).toBe(
      "nothing to delete: all files are whole and within 50 GB\n",
    );
  });

  it("is counted as JSON", () => {
    expect(JSON.parse(show(CACHE_COLLECT_FORMATS, "json", busy))).toEqual({
      version: 1,
      command: "cache gc",
      ...busy,
      freedBytes: 145e6,
    });
  });
});

describe("ages", () => {
  it("are told in whole units, and a clock that went back is now", () => {
    expect([-5, 59, 60, 3599, 3600, 86_399, 86_400, 3e6].map(age)).toEqual([
      "just now",
      "just now",
      "1 min ago",
      "59 min ago",
      "1 h ago",
      "23 h ago",
      "1 day ago",
      "34 days ago",
    ]);
  });
});
