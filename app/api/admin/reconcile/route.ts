import { startReconcile } from "@/lib/admin/reconcile";
import { adminPostOnly, adminRoute } from "@/lib/admin/route";

const page = "/admin/reconcile";

export const POST = adminRoute(page, async (admin) =>
  (await startReconcile(admin))
    ? { page, said: "reconcile_started" }
    : { page, said: "reconcile_runs", status: 409 },
);

export const { GET, PUT, PATCH, DELETE } = adminPostOnly;
