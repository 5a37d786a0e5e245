import { fork } from "node:child_process";

/** What a process that parses the file says of it, or how it ended; it is ended after so many seconds. */
export function parseApart(path, seconds) {
  return new Promise((resolve) => {
    const child = fork(new URL("./child.mjs", import.meta.url), [path], { silent: true });
    const said = { error: "" };
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, seconds * 1000);
    child.stderr.on("data", (data) => {
      said.error += data;
    });
    child.on("message", (message) => Object.assign(said, { error: undefined }, message));
    child.on("close", () => {
      clearTimeout(timer);
      resolve({ outcome: isLate ? "hung" : "crashed", ...said });
    });
  });
}
