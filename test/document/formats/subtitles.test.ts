import { describe, expect, test } from "vitest";
import { pageAt } from "../../../src/document/locate.ts";
import { parseBytes, parseFile } from "../../../src/document/parse.ts";
import { sentences } from "../../../src/document/sentences.ts";

const parse = (text: string) => parseBytes(Buffer.from(text), "a.vtt");

describe("cues", () => {
  test("run on as sentences, without numbers, times, tags and positions", async () => {
    const { text } = await parse(
      "\ufeffWEBVTT\r\n\r\nNOTE no text\r\n\r\n1\r\n00:01.000 --> 00:02.000 align:start\r\n<i>The crane</i> is\r\n\r\n00:02.000 --> 00:03.000\r\n{\\an8}old &amp; slow.\r\n",
    );
    expect(text).toBe("The crane is\nold & slow.\n");
  });

  test("a pause ends a paragraph; a speaker is named where no sentence is cut", async () => {
    const { text, warnings } = await parse(
      "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>It is\n\n00:02.000 --> 00:03.000\n<v Bob>old.\n\n00:03.000 --> 00:04.000\n<v Ann>No.\n\n00:09.000 --> 00:10.000\nYes",
    );
    expect(text).toBe("Ann: It is\nold.\n\nAnn: No.\n\nYes\n");
    expect(warnings).toEqual(["1 changes of speaker inside a sentence are not marked in the text"]);
  });

  test("lines that live captions repeat are read once", async () => {
    const { text } = await parse(
      "WEBVTT\n\n00:01.000 --> 00:02.000\none two\n\n00:02.000 --> 00:02.010\none two\n\n00:02.010 --> 00:03.000\none two\nthree",
    );
    expect(text).toBe("one two\nthree\n");
  });
});

describe("text without times", () => {
  const file = [
    "Subtitles of the hearing",
    "1\n00:00:01,000 --> 00:00:04,000\nThe witness said",
    "that he had signed it in",
    "1945",
    "2\n00:00:05,000 --> 00:00:07,000",
    "on Monday.\n3\n00:00:08,000 --> 00:00:09,000\nYes.",
    "4\n",
  ].join("\n\n");

  test("is the cue's before it in SRT, and it is said", async () => {
    const { text, warnings } = await parseBytes(Buffer.from(file), "a.srt");
    expect(text).toBe("The witness said that he had signed it in 1945\non Monday.\nYes.\n");
    expect(warnings).toEqual([
      "ends inside a cue: it is cut off; get the file again",
      "3 texts without times were read with the cues before them",
      "1 line before the first cue was left out",
    ]);
  });

  test("is none of WebVTT's cues", async () => {
    const { text } = await parse("WEBVTT\n\n00:01.000 --> 00:02.000\nYes\n\nNOTE no text");
    expect(text).toBe("Yes\n");
  });
});

test("names of speakers that are never closed take no time", async () => {
  const start = performance.now();
  await parse(`WEBVTT\n\n00:01.000 --> 00:02.000\nYes ${"<v ".repeat(100_000)}`);
  expect(performance.now() - start).toBeLessThan(5000);
});

describe.each([
  ["t07-meeting.srt", "at 0:04:00"],
  ["t07-meeting.vtt", "at 0:04:00"],
])("%s", (name, label) => {
  test("says the budget in one sentence, cited by its minute", async () => {
    const document = await parseFile(`test/fixtures/cases/${name}`);
    const { text } = document;
    const spans = sentences(text, { start: 0, end: text.length }).map(({ start, end }) =>
      text.slice(start, end),
    );
    expect(
      spans.filter((span) =>
        /budget for the new crane is\ntwo million four hundred thousand crowns/.test(span),
      ),
    ).toHaveLength(1);
    expect(pageAt(document, text.indexOf("two million"))?.label).toBe(label);
    expect(text).not.toContain("-->");
  });
});

test("a file without cues is refused", async () => {
  await expect(parse("WEBVTT\n\nnothing")).rejects.toThrow("a.vtt: has no subtitle with text");
});
