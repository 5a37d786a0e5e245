import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { focus } from "../cli/spawn-focus.ts";
import { answerSchema } from "../format/answer-schema.ts";
import { PAPERS, QUESTION } from "../helpers/papers.ts";
import { tempFolder } from "../helpers/temp-folder.ts";
import { COMMAND_ENV } from "./command-env.ts";

function chat(cwd: string, lines: readonly string[], args: readonly string[] = []) {
  return focus(["chat", "papers.md", ...args], { cwd, env: COMMAND_ENV, input: `${lines.join("\n")}\n` });
}

describe("focus chat", () => {
  it("answers each line of a pipe, and asks a follow-up with the words of the question before", async () => {
    const cwd = await tempFolder({ "papers.md": PAPERS });
    const { code, stdout, stderr } = await chat(cwd, [
      QUESTION,
      "",
      "and how high is it?",
      "/quit",
      QUESTION,
    ]);
    const answers = stdout.split("\n\n");
    expect(answers).toHaveLength(2);
    expect(answers[0]).toMatch(/^Isobel Tarrant\n“The tower/u);
    expect(answers[1]).toContain("38 metres");
    expect(stderr).toContain("asked as: how high is it designed tower Sandrevoe light?");
    expect(code).toBe(0);
  });

  it("shows sources, the text around them and other places, and saves all that was said", async () => {
    const cwd = await tempFolder({ "papers.md": PAPERS });
    const lines = [
      QUESTION,
      "/sources",
      "/open 1",
      "/find When was the boat bought?",
      "/save talk.md",
      "/save talk.md",
    ];
    const { code, stdout, stderr } = await chat(cwd, lines);
    expect(stdout).toMatch(/^\[1\] papers\.md, line 3 \(support [-\d.]+ nats\)\nThe tower/mu);
    expect(stdout).toMatch(/^> The tower of the Sandrevoe light was designed/mu);
    expect(stderr).toMatch(/\d places? in 6 chunks/u);
    expect(await readFile(join(cwd, "talk.md"), "utf8")).toMatch(
      /^# Conversation about papers\.md\n\n## Who designed[^\n]+\n\n\*\*Isobel Tarrant\*\*\n\n1\. papers\.md, line 3/u,
    );
    expect(code).toBe(0);
  });

  it("goes on after a line that failed, and ends with its code; jsonl is an answer or an error a line", async () => {
    const cwd = await tempFolder({ "papers.md": PAPERS, "there.md": "" });
    const lines = ["/open 1", QUESTION, "/open 7", "/save there.md", QUESTION];
    const { code, stdout, stderr } = await chat(cwd, lines, ["--format", "jsonl"]);
    const told = stdout.trimEnd().split("\n").map(tellingOf);
    expect(told).toEqual([
      expect.stringContaining("nothing was answered yet"),
      "Isobel Tarrant",
      expect.stringContaining("has no passage 7"),
      expect.stringContaining("is there already"),
      "Isobel Tarrant",
    ]);
    for (const line of told) if (line !== "Isobel Tarrant") expect(stderr).toContain(line);
    expect(code).toBe(2);
  });
});

/** The answer or the error's message of a line of JSON. */
function tellingOf(line: string): string {
  const { event: _, ...said } = JSON.parse(line);
  return "error" in said ? said.error.message : answerSchema.parse(said).answer;
}
