// A bare server in a process of its own: it speaks SGLang's /generate and makes its values up, so that nothing but focus is
// measured. It tells what it takes of a core itself.
import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/** Tokens of an answer: the prompt's first. */
const WRITTEN_TOKENS = 24;

/** { url, cpuMs(), end() } of a server that answers after so many milliseconds. */
export async function startBare(latencyMs) {
  const child = fork(new URL(import.meta.url), ["serve", String(latencyMs)]);
  const [port] = await once(child, "message");
  return {
    url: `http://127.0.0.1:${port}`,
    /** Milliseconds of a core that it has taken so far. */
    async cpuMs() {
      child.send("cpu");
      const [ms] = await once(child, "message");
      return ms;
    },
    end: () => child.kill(),
  };
}

function serve(latencyMs) {
  const server = createServer(async (request, response) => {
    const body = request.method === "POST" ? await json(request) : {};
    const reply = (status, answer) => response.writeHead(status).end(JSON.stringify(answer));
    if (request.url === "/model_info") return reply(200, { model_path: "bare" });
    if (request.url !== "/generate") return reply(404, {});
    await sleep(latencyMs);
    if (body.stream === true) response.end(`data: ${JSON.stringify(written(body))}\n\ndata: [DONE]\n\n`);
    else reply(200, body.return_logprob === true ? scored(body) : written(body));
  });
  server.listen(0, "127.0.0.1", () => process.send(server.address().port));
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send((user + system) / 1000);
  });
}

function scored({ input_ids: tokens, logprob_start_len: start = 0 }) {
  const values = tokens.slice(start).map((token, i) => [i === 0 ? null : -1, token, null]);
  return { output_ids: [], meta_info: { input_token_logprobs: values } };
}

function written({ input_ids: tokens, sampling_params: { max_new_tokens: most } }) {
  const output_ids = tokens.slice(0, Math.min(most, WRITTEN_TOKENS));
  return { output_ids, meta_info: { completion_tokens: output_ids.length } };
}

if (process.argv[2] === "serve") serve(Number(process.argv[3]));
