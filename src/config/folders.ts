import { join, resolve } from "node:path";
import envPaths from "env-paths";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Absolute paths; none of them need exist. */
export type Folders = {
  readonly config: string;
  readonly models: string;
  /** The KV store. */
  readonly kv: string;
  /** What focus remembers of its use: the history of chat. */
  readonly state: string;
};

/** $FOCUS_HOME moves everything, $FOCUS_CACHE_DIR the KV store alone; otherwise the platform's own folders. */
export function folders(env: Environment): Folders {
  const { FOCUS_HOME: home, FOCUS_CACHE_DIR: cache } = env;
  const base = home ? fromHome(resolve(home)) : fromPlatform();
  return Object.freeze({ ...base, ...(cache ? { kv: resolve(cache) } : {}) });
}

function fromHome(home: string): Folders {
  return { config: home, models: join(home, "models"), kv: join(home, "kv"), state: join(home, "state") };
}

function fromPlatform(): Folders {
  // On Linux env-paths' folder for logs is the XDG state folder.
  const { config, data, cache, log } = envPaths("focus", { suffix: "" });
  return { config, models: join(data, "models"), kv: join(cache, "kv"), state: log };
}
