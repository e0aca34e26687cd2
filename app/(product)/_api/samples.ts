/** A way to call an operation, in the shape that API tools know as `x-codeSamples`. */
export type Sample = { lang: "Shell" | "TypeScript"; label: string; source: string };

const shell = (source: string): Sample => ({ lang: "Shell", label: "curl", source });
const typescript = (source: string): Sample => ({
  lang: "TypeScript",
  label: "TypeScript",
  source,
});

/** `origin` is where the API is. The key comes from the environment: it belongs into no file. */
export function qrSamples(origin: string): Sample[] {
  return [
    shell(`curl --fail-with-body --silent --show-error ${origin}/api/v1/qr \\
  --header "Authorization: Bearer $NORTHSTAR_API_KEY" \\
  --header "Content-Type: application/json" \\
  --header "Idempotency-Key: order-1042" \\
  --data '{"text": "https://example.com"}' \\
  --output code.png`),
    typescript(`import { writeFile } from "node:fs/promises";

const response = await fetch("${origin}/api/v1/qr", {
  method: "POST",
  headers: {
    authorization: \`Bearer \${process.env.NORTHSTAR_API_KEY}\`,
    "content-type": "application/json",
    "idempotency-key": "order-1043",
  },
  body: JSON.stringify({ text: "https://example.com" }),
});
if (!response.ok) {
  const problem = await response.json();
  throw new Error(\`\${problem.code}: \${problem.detail}\`);
}
await writeFile("code.png", Buffer.from(await response.arrayBuffer()));
console.log(\`\${response.headers.get("x-codes-remaining")} codes remain\`);`),
  ];
}

export function usageSamples(origin: string): Sample[] {
  return [
    shell(`curl --fail-with-body --silent --show-error ${origin}/api/v1/usage \\
  --header "Authorization: Bearer $NORTHSTAR_API_KEY"`),
    typescript(`const response = await fetch("${origin}/api/v1/usage", {
  headers: { authorization: \`Bearer \${process.env.NORTHSTAR_API_KEY}\` },
});
const usage = await response.json();
console.log(\`\${usage.used} of \${usage.included} codes used\`);`),
  ];
}
