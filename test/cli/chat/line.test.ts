import { describe, expect, it } from "vitest";
import { chatHelp, readLine } from "../../../src/cli/chat/line.ts";

describe("a line of a chat", () => {
  it("is a question, or a command with what it wants", () => {
    expect(readLine("  Who is it? ", true)).toEqual({ kind: "question", text: "Who is it?" });
    expect(readLine("/open 12", true)).toEqual({ kind: "open", id: 12 });
    expect(readLine("/find  every roof ", true)).toEqual({ kind: "find", text: "every roof" });
    expect(readLine("/save my notes.md", true)).toEqual({ kind: "save", text: "my notes.md" });
    for (const kind of ["sources", "help", "quit"]) expect(readLine(`/${kind}`, true)).toEqual({ kind });
  });

  it.each([
    ["/opne 1", "there is no command /opne"],
    ["/constructor", "there is no command /constructor"],
    ["/open", "/open wants N"],
    ["/open 0", "/open 0: expected the number of a passage"],
    ["/open two", "/open two: expected"],
    ["/save", "/save wants FILE"],
    ["/quit now", "/quit takes nothing behind it"],
  ])("%s is refused", (line, message) => {
    expect(() => readLine(line, true)).toThrow(message);
  });

  it("of a pipe is a question where it names no command", () => {
    for (const text of ["/etc/fstab: who may write it?", "/constructor"])
      expect(readLine(text, false)).toEqual({ kind: "question", text });
    expect(readLine("/find every roof", false)).toEqual({ kind: "find", text: "every roof" });
    expect(() => readLine("/open", false)).toThrow("/open wants N");
  });

  it("help names every command", () => {
    for (const name of ["sources", "open N", "find WHAT", "save FILE", "help", "quit"])
      expect(chatHelp()).toContain(`/${name}`);
  });
});
