// Runs before everything else, on any Node from 20 and with Node's own modules only: it installs what
// the lock file asks for and checks that the pinned Node is there. See docs/decisions/0001.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "node_modules", ".northstar-install");
const wanted = createHash("sha256")
  .update(readFileSync(join(root, "package-lock.json")))
  .update(`${process.platform}-${process.arch}`)
  .digest("hex");

function fail(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

function install() {
  console.log("Installing packages from package-lock.json; the first time takes a minute or two.");
  const npm = process.env.npm_execpath;
  const command = npm ? process.execPath : "npm";
  const args = [
    ...(npm ? [npm] : []),
    "ci",
    "--include=dev",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ];
  const started = Date.now();
  const heartbeat = join(root, "scripts", "heartbeat.mjs");
  const result = spawnSync(process.execPath, [heartbeat, command, ...args], {
    cwd: root,
    stdio: "inherit",
  });
  if (result.status !== 0) {
    fail(
      "npm ci failed; its message is above. Check the network and the disk, then run the command again.",
    );
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  console.log(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

const [major] = process.versions.node.split(".").map(Number);
if (major < 20)
  fail(`Node ${process.versions.node} is too old to start: install Node 20 or newer.`);
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) install();

const pinned = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).devDependencies.node;
const binary = join(
  root,
  "node_modules",
  ".bin",
  process.platform === "win32" ? "node.cmd" : "node",
);
const found = existsSync(binary)
  ? spawnSync(binary, ["--version"], {
      encoding: "utf8",
      shell: process.platform === "win32",
    }).stdout?.trim()
  : undefined;
if (found !== `v${pinned}`) {
  fail(
    `The pinned Node ${pinned} is ${found ? `${found} instead` : "missing"} in node_modules: its install script did not run. ` +
      "Allow install scripts (npm config set ignore-scripts false), delete node_modules and try again.",
  );
}
