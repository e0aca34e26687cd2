// Runs a command and says every few seconds that it still does, so that a long install is not mistaken
// for a hang. Usage: node heartbeat.mjs <command> [args…]
import { spawn } from "node:child_process";

const [command, ...args] = process.argv.slice(2);
const started = Date.now();
const child = spawn(command, args, { stdio: "inherit", shell: process.platform === "win32" });
const timer = setInterval(() => {
  console.log(`  … still installing (${Math.round((Date.now() - started) / 1000)} s)`);
}, 5000);
child.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
child.on("exit", (code) => {
  clearInterval(timer);
  process.exit(code ?? 1);
});
