import { readInboxFilter } from "@/lib/admin/inbox-filter";
import { replayMany, replayOne } from "@/lib/admin/replay";
import { adminPostOnly, adminRoute } from "@/lib/admin/route";

export const POST = adminRoute("/admin/inbox", async (admin, form) => {
  const id = form.get("id");
  if (id !== null) {
    const said = await replayOne(admin, id);
    const page = `/admin/inbox/${encodeURIComponent(id)}`;
    return said === "nothing" ? { page, said, status: 409 } : { page, said };
  }
  const type = form.get("type") ?? undefined;
  const filter = readInboxFilter({ type, age: form.get("age") ?? undefined, status: "failed" });
  if (!filter) return { page: "/admin/inbox", said: "no_filter", status: 422 };
  const taken = await replayMany(admin, filter);
  const page = `/admin/inbox?${new URLSearchParams(filter)}`;
  return taken === 0 ? { page, said: "nothing", status: 409 } : { page, said: "taken_up" };
});

export const { GET, PUT, PATCH, DELETE } = adminPostOnly;
