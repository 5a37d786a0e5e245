const { FOCUS_TEST_MODEL: MODEL = "" } = process.env;

/** Variables of commands that read and write with the test's model, in chunks so small that a short text has several. */
export const COMMAND_ENV = {
  FOCUS_MODEL: MODEL,
  FOCUS_READER: MODEL,
  FOCUS_CHUNK: "96",
  FOCUS_BUDGET: "400",
  FOCUS_GPU: "off",
  FOCUS_THREADS: "1",
};
