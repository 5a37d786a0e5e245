import { sep } from "node:path";

/** Whether an absolute path is a folder's own, or lies in it. By the names alone. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
