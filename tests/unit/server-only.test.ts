import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");

const sources = ["lib", "db"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => ({
      file: `${folder}/${file}`,
      text: readFileSync(join(root, folder, file), "utf8"),
    })),
);

/** Reads a variable of the process, the database, Polar or the mail server. */
const touchesSecrets =
  /process\.env|from "@\/lib\/env"|from "@\/db\/client"|from "@polar-sh\/|from "nodemailer"|from "next-auth"/;

test("whatever touches a secret cannot be imported by a component of the browser", () => {
  expect(sources.length).toBeGreaterThan(50);
  const open = sources
    .filter(({ text }) => touchesSecrets.test(text) && !text.includes('import "server-only"'))
    .map(({ file }) => file);
  expect(open).toEqual([]);
});
