import type { Glyph, PageBox } from "./glyphs.ts";
import { type Pdfium, readFloats, withMemory } from "./pdfium.ts";

/** Something drawn on a page that is not text: a rule, a box, a picture. */
export type Shape = PageBox & {
  readonly kind: "path" | "picture" | "shading";
  /** Its turn in the order of drawing. */
  readonly order: number;
  /** Whether it hides what was drawn below it. */
  readonly isOpaque: boolean;
  readonly isWhite: boolean;
  /** Of a form of its own (FPDF_PAGEOBJ_FORM) that draws text; absent elsewhere. */
  readonly hasText?: true;
};

/** How a page's text is drawn: by FPDF_PAGEOBJECT. */
export type Ink = {
  readonly order: number;
  /** Drawn in no colour at all, as the text layer of a scan is. */
  readonly isInvisible: boolean;
  /** Only the outline of what is drawn next, which is seen through it. */
  readonly isClip: boolean;
  readonly isWhite: boolean;
};

export type PageShapes = {
  readonly shapes: readonly Shape[];
  readonly inks: ReadonlyMap<number, Ink>;
};

/** FPDF_PAGEOBJ_* (fpdf_edit.h). */
const [TEXT, PATH, IMAGE, SHADING, FORM] = [1, 2, 3, 4, 5];
/** FPDF_TEXTRENDERMODE_* (fpdf_edit.h); the others draw an outline, whatever is inside it. */
const [FILL, INVISIBLE, FILL_CLIP, CLIP] = [0, 3, 4, 7];
/** PDFium does not say how far a shading goes: as far as it is seen, that is everywhere. Points. */
const EVERYWHERE = { left: -1e6, bottom: -1e6, right: 1e6, top: 1e6 };
/** A drawing with more objects than this is looked at no further; its rules and boxes are no longer those of a text. */
const MOST_OBJECTS = 20_000;
/** Of 255; less is grey that can be read. */
const NEARLY_WHITE = 250;

/** What is drawn on an open page, in the order of drawing. */
export function readShapes(pdfium: Pdfium, page: number): PageShapes {
  const shapes: Shape[] = [];
  const inks = new Map<number, Ink>();
  const objects = Math.min(pdfium.FPDFPage_CountObjects(page), MOST_OBJECTS);
  withMemory(pdfium, 32, (pointer) => {
    for (let order = 0; order < objects; order++) {
      const object = pdfium.pdfium.wasmExports.FPDFPage_GetObject(page, order);
      const asked = { pdfium, object, pointer, order };
      const type = pdfium.pdfium.wasmExports.FPDFPageObj_GetType(object);
      if (type === TEXT) inks.set(object, inkOf(asked));
      else if (type === PATH || type === IMAGE || type === SHADING || type === FORM)
        shapes.push(...shapeOf(asked, type));
    }
  });
  return { shapes, inks };
}

type Asked = {
  readonly pdfium: Pdfium;
  readonly object: number;
  readonly pointer: number;
  readonly order: number;
};

function inkOf(asked: Asked): Ink {
  const { pdfium, object, order } = asked;
  const colour = colourOf(asked);
  const mode = pdfium.pdfium.wasmExports.FPDFTextObj_GetTextRenderMode(object);
  const isFilled = mode === FILL || mode === FILL_CLIP;
  return {
    order,
    isInvisible: mode === INVISIBLE || colour?.alpha === 0,
    isClip: mode === CLIP,
    isWhite: isFilled && colour?.isWhite === true,
  };
}

function shapeOf(asked: Asked, type: number): Shape[] {
  const { pdfium, object, pointer, order } = asked;
  if (type === SHADING) return [{ ...EVERYWHERE, order, kind: "shading", isOpaque: false, isWhite: false }];
  if (
    pdfium.pdfium.wasmExports.FPDFPageObj_GetBounds(
      object,
      pointer,
      pointer + 4,
      pointer + 8,
      pointer + 12,
    ) === 0
  )
    return [];
  const [left = 0, bottom = 0, right = 0, top = 0] = readFloats(pdfium, pointer, 4);
  const box = { left, bottom, right, top, order };
  // Pictures may well be transparent in parts.
  if (type !== PATH) {
    const text = type === FORM && hasText(pdfium, object) ? { hasText: true as const } : {};
    return [{ ...box, kind: "picture", isOpaque: false, isWhite: false, ...text }];
  }
  const isFilled = isFilledPath(pdfium, object, pointer);
  const colour = isFilled ? colourOf(asked) : undefined;
  // Other outlines do not cover all of their box.
  const isBox = isFilled && pdfium.pdfium.wasmExports.FPDFPath_CountSegments(object) <= 5;
  const isOpaque =
    isBox && colour?.alpha === 255 && pdfium.pdfium.wasmExports.FPDFPageObj_HasTransparency(object) === 0;
  const isColoured = isFilled ? colour?.isWhite !== true : isBroadLine(asked, box);
  return [{ ...box, kind: "path", isOpaque, isWhite: !isColoured }];
}

function hasText({ pdfium }: Pdfium, form: number): boolean {
  const { FPDFFormObj_CountObjects, FPDFFormObj_GetObject, FPDFPageObj_GetType } = pdfium.wasmExports;
  const objects = Math.min(FPDFFormObj_CountObjects(form), MOST_OBJECTS);
  for (let i = 0; i < objects; i++)
    if (FPDFPageObj_GetType(FPDFFormObj_GetObject(form, i)) === TEXT) return true;
  return false;
}

function isFilledPath(pdfium: Pdfium, object: number, pointer: number): boolean {
  if (pdfium.pdfium.wasmExports.FPDFPath_GetDrawMode(object, pointer, pointer + 4) === 0) return false;
  return new DataView(pdfium.pdfium.HEAPU8.buffer, pointer, 4).getInt32(0, true) !== 0;
}

/** Whether a path is one straight line that is drawn in a colour and fills its box, as a bar below a heading does. */
function isBroadLine(asked: Asked, { left, bottom, right, top }: PageBox): boolean {
  const { pdfium, object, pointer } = asked;
  const { FPDFPath_CountSegments, FPDFPageObj_GetStrokeWidth } = pdfium.pdfium.wasmExports;
  if (FPDFPath_CountSegments(object) !== 2 || FPDFPageObj_GetStrokeWidth(object, pointer) === 0) return false;
  const [width = 0] = readFloats(pdfium, pointer, 1);
  // The box of a line across has room beside it.
  if (Math.min(right - left, top - bottom) > 2 * width) return false;
  const colour = colourOf(asked, "FPDFPageObj_GetStrokeColor");
  return colour !== undefined && colour.alpha > 0 && !colour.isWhite;
}

function colourOf(
  { pdfium, object, pointer }: Asked,
  ask: "FPDFPageObj_GetFillColor" | "FPDFPageObj_GetStrokeColor" = "FPDFPageObj_GetFillColor",
): { readonly isWhite: boolean; readonly alpha: number } | undefined {
  const get = pdfium.pdfium.wasmExports[ask];
  if (get(object, pointer, pointer + 4, pointer + 8, pointer + 12) === 0) return undefined;
  const view = new DataView(pdfium.pdfium.HEAPU8.buffer, pointer, 16);
  const [red = 0, green = 0, blue = 0, alpha = 0] = [0, 4, 8, 12].map((at) => view.getUint32(at, true));
  return { isWhite: Math.min(red, green, blue) >= NEARLY_WHITE, alpha };
}

/** Whether a shape holds the middle of a character, as a height above its baseline in font sizes. */
export function holds(shape: PageBox, glyph: Glyph, middle: number): boolean {
  const x = (glyph.left + glyph.right) / 2;
  const y = glyph.base + middle * glyph.size;
  return shape.left <= x && x <= shape.right && shape.bottom <= y && y <= shape.top;
}

/** Height of a row of {@link indexShapes}, in points. */
const ROW = 8;
/** No page that a viewer shows has more; damaged files have some that are kilometres high. */
const MOST_ROWS = 4096;

/** Answers which of many shapes hold the middle of a character; see {@link holds}. */
export function indexShapes(shapes: readonly Shape[], { bottom, top }: PageBox) {
  const length = Math.min(Math.ceil((top - bottom) / ROW) + 1, MOST_ROWS);
  const rows: Shape[][] = Array.from({ length }, () => []);
  const rowOf = (y: number): number => Math.min(rows.length - 1, Math.max(0, Math.floor((y - bottom) / ROW)));
  for (const shape of shapes)
    for (let row = rowOf(shape.bottom); row <= rowOf(shape.top); row++) rows[row]?.push(shape);
  return (glyph: Glyph, middle: number): Shape[] => {
    const row = rows[rowOf(glyph.base + middle * glyph.size)] ?? [];
    return row.filter((shape) => holds(shape, glyph, middle));
  };
}
