import { expect, test } from "vitest";
import { renderCode } from "@/app/(product)/_qr/render";
import { codeSchema } from "@/app/(product)/_qr/schema";

const refusedFields = (text: string) =>
  codeSchema.safeParse({ text }).error?.issues.map(({ path }) => path.join("."));

test.each([
  ["characters of one byte", "a".repeat(1_024)],
  ["characters of two bytes", "é".repeat(1_024)],
  ["characters of three bytes", "\u65e5".repeat(777)],
  ["characters of four bytes", "\u{1f642}".repeat(512)],
  ["a mixture, to the last byte", "1\u65e5\u65e5".repeat(333)],
])("the longest text that is taken is drawn: %s", async (_, text) => {
  const code = codeSchema.parse({ text });
  expect((await renderCode(code)).type).toBe("image/png");
});

test.each([
  ["too many characters", "a".repeat(1_025)],
  ["too many bytes", "\u65e5".repeat(778)],
  ["a byte too many", `${"1\u65e5\u65e5".repeat(333)}a`],
])("a text that no code holds is refused as a bad one: %s", (_, text) => {
  expect(refusedFields(text)).toEqual(["text"]);
});
