// Lets Node run the scripts' TypeScript, by `node --import ./scripts/typescript.mjs`. Not by the command
// `tsx`, a process in between that kills the script outright when it is too busy to take Ctrl-C at once.
import { join } from "node:path";
import { register } from "tsx/esm/api";

register({ tsconfig: join(import.meta.dirname, "tsconfig.json") });
