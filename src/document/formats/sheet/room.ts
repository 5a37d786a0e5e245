import { InputError } from "../../../errors.ts";

/** Characters and empty cells of a workbook. Excel's own limits, a million rows of long texts, would fill any memory. */
const MOST = 128e6;

/** Takes room for characters and cells. Throws InputError when the workbook has no more. */
export type TakeRoom = (size: number) => void;

/** A few bytes of a workbook may say one long text a million times. */
export function createRoom(path: string): TakeRoom {
  let left = MOST;
  return (size) => {
    left -= size;
    if (left >= 0) return;
    throw new InputError(`${path}: its cells have more than ${MOST / 1e6} million characters, the limit`, {
      hint: "save the sheets that are wanted as CSV",
    });
  };
}
