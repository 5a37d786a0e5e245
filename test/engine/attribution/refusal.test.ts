import { describe, expect, it } from "vitest";
import { isRefusal } from "../../../src/engine/attribution/refusal.ts";

describe("a refusal", () => {
  it.each([
    "The document does not mention a warranty.",
    "The provided excerpts do not explicitly state the price.",
    "The text doesn't say when it was built.",
    "The information provided does not specify the dose.",
    "They do not mention labour costs.",
    "The date is not mentioned.",
    "The author's birthplace is not specified in the passages.",
    "The number is not included in the document.",
    "There is no mention of penguins in the text.",
    "There is no specific information about the price.",
    "No information about the price is given.",
    "The passage contains no details of the sale.",
    "I cannot find the answer.",
    "I'm unable to answer this question.",
    "I don't know.",
    "The answer cannot be determined from the given text.",
    "It is not possible to determine who wrote it.",
    "We were not given any specific opening hours in the given excerpts.",
  ])("is: %s", (text) => {
    expect(isRefusal(text)).toBe(true);
  });

  it.each([
    "No, the warranty does not include labour costs.",
    "The contract does not contain an arbitration clause.",
    "No information is shared with third parties.",
    "Employees are not included in the pension scheme until the second year.",
    "The drug is not known to pass into milk.",
    "Smoking was not described as harmful before 1950.",
    "The fee is not provided for in section 4.",
    "Lunch is not provided.",
    "The policy does not address subcontractors.",
    "The fault cannot be found by looking at it.",
    "The price is specified in the document.",
    "It does not contain sugar.",
    "Tenants were not given any notice in the given period.",
    "It was not until 1869 that the text was found in the document chest.",
  ])("is not: %s", (text) => {
    expect(isRefusal(text)).toBe(false);
  });
});
