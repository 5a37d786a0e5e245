import { describe, expect, it } from "vitest";
import { chatHelp, readLine } from "../../../src/cli/chat/line.ts";

describe("a line of a chat", () => {
  it("is a question, or a command with what it wants", () => {
    expect(readLine("  Who is it? ")).toEqual({ kind: "question", text: "Who is it?" });
    expect(readLine("/open 12")).toEqual({ kind: "open", id: 12 });
    expect(readLine("/find  every roof ")).toEqual({ kind: "find", text: "every roof" });
    expect(readLine("/save my notes.md")).toEqual({ kind: "save", text: "my notes.md" });
    for (const kind of ["sources", "help", "quit"]) expect(readLine(`/${kind}`)).toEqual({ kind });
  });

  it.each([
    ["/opne 1", "there is no command /opne"],
    ["/constructor", "there is no command /constructor"],
    ["/nonsense", "there is no command /nonsense"],
    ["/tmp holds what?", "there is no command /tmp"],
    ["/", "there is no command /"],
    ["/?", "there is no command /?"],
    ["/quit!", "there is no command /quit!"],
    ["/open", "/open wants N"],
    ["/open 0", "/open 0: expected the number of a passage"],
    ["/open two", "/open two: expected"],
    ["/save", "/save wants FILE"],
    ["/quit now", "/quit takes nothing behind it"],
  ])("%s is refused", (line, message) => {
    expect(() => readLine(line)).toThrow(message);
  });

  it("is a question where it begins with a path, which is no command's name", () => {
    for (const text of ["/etc/fstab: who may write it?", "/etc/passwd is what?", "/.profile", "/etc/"])
      expect(readLine(text)).toEqual({ kind: "question", text });
  });

  it("help names every command", () => {
    for (const name of ["sources", "open N", "find WHAT", "save FILE", "help", "quit"])
      expect(chatHelp()).toContain(`/${name}`);
  });
});
