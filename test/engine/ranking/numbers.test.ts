import { describe, expect, it } from "vitest";
import { numbersIn } from "../../../src/engine/ranking/numbers.ts";
import { contentWords } from "../../../src/engine/ranking/words.ts";

function forms(text: string): string[] {
  return contentWords(text).map(({ form }) => form);
}

describe("numbers", () => {
  it.each(["1234.56", "1234,56", "1,234.56", "1.234,56", "1'234.56", "1’234,56"])(
    "%s is 1234.56",
    (written) => {
      expect(forms(written)).toEqual(["1234.56"]);
    },
  );

  it.each([" ", "\u00a0", "\u2009", "\u202f"])("are grouped by the space %j, or are several", (space) => {
    expect(forms(`1${space}234,56`)).toEqual(["1234.56", "1", "234.56"]);
    expect(forms(`12${space}345${space}678`)).toEqual(["12345678", "12", "345", "678"]);
  });

  it.each([
    ["1,234", ["1234"]],
    ["1.234.567", ["1234567"]],
    ["1,234.567", ["1234.567"]],
    ["12,000.00", ["12000"]],
    ["0.234", ["0.234"]],
    ["12,5", ["12.5"]],
    ["2½", ["2.5"]],
    ["½", ["0.5"]],
    ["3/4", ["3/4", "3", "4"]],
    ["12.5kg", ["12.5", "kg"]],
    ["1,234-5,678", ["1234", "5678"]],
  ])("%s gives %j", (written, expected) => {
    expect(forms(written)).toEqual(expected);
  });

  it.each([
    ["１２３", ["123"]],
    ["٤٢", ["42"]],
    ["١٬٢٣٤٫٥٠", ["1234.5"]],
    ["१२.५", ["12.5"]],
    ["๑๙", ["19"]],
    ["१२३ रुपये", ["123", "रुपये"]],
    ["2019年3月5日", ["2019", "年", "3", "月", "5", "日"]],
    ["２０１９年", ["2019", "年"]],
    ["１２．５", ["12.5"]],
  ])("%s is read in its script as %j", (written, expected) => {
    expect(forms(written)).toEqual(expected);
  });

  it.each([
    ["12.50", ["12.5"]],
    ["1,250.50", ["1250.5"]],
    ["3,10", ["3.1"]],
    ["12.05", ["12.05"]],
    ["1.0", ["1.0"]],
    ["3.10", ["3.10", "3.1"]],
    ["v3.10", ["3.10"]],
    ["3.10.1", ["3.10.1", "3", "10", "1"]],
  ])("%s, with a zero at its end, is %j", (written, expected) => {
    expect(forms(written)).toEqual(expected);
  });

  it("are given as they are written", () => {
    expect(numbersIn("４２ 円, ٤٢ and 42½")).toEqual(["４２", "٤٢", "42½"]);
  });

  it.each([
    ["2024-01-05", ["2024-01-05", "2024", "01", "05"]],
    ["03.04.2024", ["03.04.2024", "03", "04", "2024"]],
    ["12:30", ["12:30", "12", "30"]],
    ["v1.2.3", ["1.2.3", "1", "2", "3"]],
    ["1.2.3", ["1.2.3", "1", "2", "3"]],
    ["v2.0", ["2.0"]],
  ])("%s, a date, time or version, stays whole and in parts", (written, expected) => {
    expect(forms(written)).toEqual(expected);
  });

  it("end where the sentence ends", () => {
    const text = "It costs 12. It was 2024, 123 people came.";
    expect(forms(text)).toEqual(["cost", "12", "2024", "123", "peopl", "came"]);
  });
});
