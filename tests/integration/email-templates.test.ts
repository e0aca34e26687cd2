import { globSync } from "node:fs";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { renderEmail } from "@/lib/email/render";
import { emailSamples } from "@/lib/email/samples";

const appUrl = process.env.APP_URL ?? "";

/** The addresses that the app answers, each as a pattern. */
const addresses = globSync("app/**/{page.tsx,route.ts}").map((file) => {
  const path = file.replace(/^app/, "").replace(/\/(?:page\.tsx|route\.ts)$/, "");
  const parts = path.split("/").filter((part) => part && !/^\(.*\)$/.test(part));
  return new RegExp(
    `^/${parts.map((part) => part.replace(/^\[\.\.\..*\]$/, ".+").replace(/^\[.*\]$/, "[^/]+")).join("/")}$`,
  );
});

const mails = Object.entries(emailSamples).flatMap(([template, samples]) =>
  Object.entries(samples).map(
    ([sample, props]) => [`${template} ${sample}`.trim(), template, props] as const,
  ),
);

describe.each(mails)("the mail %s", (_, template, props) => {
  const written = () => renderEmail(template as never, props as never, "ada@example.com");

  test("has a subject, a text that says the same as its page, and ways to the app alone", async () => {
    const { subject, html, text } = await written();
    expect(subject.length).toBeGreaterThan(10);
    for (const part of [subject, html, text]) expect(part).not.toMatch(/undefined|NaN|\[object/);
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(
      ([, href]) => href?.replaceAll("&amp;", "&") ?? "",
    );
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      expect(link.startsWith(appUrl), link).toBe(true);
      const { pathname } = new URL(link);
      expect(
        addresses.some((pattern) => pattern.test(pathname)),
        pathname,
      ).toBe(true);
      expect(text).toContain(link.slice(0, 60));
    }
    expect(text).not.toContain("<");
  });

  test("is for the light and the dark, in colors that a class can change", async () => {
    const { html } = await written();
    expect(html).toContain('name="color-scheme" content="light dark"');
    expect(html).toContain("@media (prefers-color-scheme: dark)");
    for (const [tag] of html.matchAll(/<(?:p|h1|a)\b[^>]*style="[^"]*\bcolor:[^>]*>/g))
      expect(tag, tag).toContain("class=");
  });
});

test("what others have named is shown as they wrote it, not obeyed", async () => {
  const name = `<img src=x> "Ada" & Co.`;
  const { html, text } = await renderEmail(
    "payment-recovered",
    { plan: name },
    `"<script>"@example.com`,
  );
  expect(html).not.toContain("<img");
  expect(html).toContain("&lt;img src=x&gt;");
  expect(text).toContain(name);
});

describe("previews", () => {
  beforeAll(() => vi.resetModules());
  afterEach(() => vi.unstubAllEnvs());

  test("are there with the local Polar, each template among them, and nowhere else", async () => {
    const { previewEmails } = await import("@/lib/email/preview");
    const shown = await previewEmails();
    expect(new Set(shown?.map(({ template }) => template))).toEqual(
      new Set(Object.keys(emailSamples)),
    );
    vi.resetModules();
    vi.stubEnv("POLAR_ENVIRONMENT", "sandbox");
    vi.stubEnv("POLAR_API_URL", "");
    vi.stubEnv("MAILBOX_URL", "");
    const elsewhere = await import("@/lib/email/preview");
    expect(await elsewhere.previewEmails()).toBeNull();
  });
});
