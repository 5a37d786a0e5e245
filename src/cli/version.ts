import { DEFAULT_MODEL } from "../model/catalogue.ts";
import { engineRelease } from "../model/release.ts";
import { packageVersion } from "./package-version.ts";

/** What `focus --version` prints: focus, its engine, and the models that are used where none is named. */
export async function versionText(): Promise<string> {
  return [
    `focus ${packageVersion()}`,
    await engineRelease(),
    `${DEFAULT_MODEL} reads, and writes where no larger model is installed (focus doctor)`,
    "",
  ].join("\n");
}
