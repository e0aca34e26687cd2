import { expect, test } from "@playwright/test";

const origin = process.env.APP_URL ?? "";

test("bad input to the sign-in endpoints gets a fitting answer and changes nothing", async ({
  request,
}) => {
  const post = async (path: string, data: string, type: string) => {
    const answer = await request.post(path, {
      data: Buffer.from(data),
      headers: { origin, "content-type": type },
      maxRedirects: 0,
    });
    return answer.status();
  };
  const json = "application/json";
  const form = "application/x-www-form-urlencoded";
  for (const path of [
    "/api/auth/signin/email",
    "/api/auth/signout",
    "/api/auth/callback/email",
    "/api/auth/_log",
  ]) {
    for (const type of [form, json, "text/plain"])
      expect(await post(path, `email=${"x".repeat(1_100_000)}`, type), path).toBe(413);
    for (const body of ["{", "null", '"text"', "[]", '{"callbackUrl":{}}'])
      expect(await post(path, body, json), `${path} ${body}`).toBe(400);
    expect(await post(path, "email=a%40example.com", "text/plain"), path).toBe(400);
  }
  for (const callbackUrl of ["nonsense", "javascript:alert(1)", "http://[", "//evil.example"]) {
    const answer = await request.get("/api/auth/signin", {
      params: { callbackUrl },
      maxRedirects: 0,
    });
    expect(answer.status(), callbackUrl).toBe(302);
    expect(new URL(answer.headers().location ?? "", origin).origin).toBe(origin);
    expect(answer.headers().location).not.toContain("evil");
  }
});
