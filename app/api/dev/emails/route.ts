import { previewEmails } from "@/lib/email/preview";
import { previewList } from "@/lib/email/preview-list";
import { allowOnly } from "@/lib/http/methods";
import { problem } from "@/lib/http/problem";
import { route } from "@/lib/http/route";

const answer = (type: string, body: string) =>
  new Response(body, {
    headers: { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" },
  });

export const GET = route(async (request) => {
  const previews = await previewEmails();
  const { searchParams } = request.nextUrl;
  const name = searchParams.get("template");
  if (previews && !name) return answer("text/html", await previewList(previews));
  const found = previews?.find(
    ({ template, sample }) =>
      template === name && sample === (searchParams.get("sample") ?? sample),
  );
  if (!found) return problem(404, { code: "not_found", message: "There is no such mail." });
  return searchParams.get("as") === "text"
    ? answer("text/plain", found.text)
    : answer("text/html", found.html);
});

export const { POST, PUT, PATCH, DELETE } = allowOnly("GET");
