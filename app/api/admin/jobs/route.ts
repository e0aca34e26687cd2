import { isJobDoing, settleJob } from "@/lib/admin/job-actions";
import { adminPostOnly, adminRoute } from "@/lib/admin/route";

const page = "/admin/jobs";
const said = { run_again: "job_runs", delete: "job_deleted" } as const;

export const POST = adminRoute(page, async (admin, form) => {
  const doing = form.get("action");
  if (!isJobDoing(doing)) return { page, said: "no_action", status: 422 };
  const isDone = await settleJob(admin, form.get("id") ?? "", doing);
  return isDone ? { page, said: said[doing] } : { page, said: "nothing", status: 409 };
});

export const { GET, PUT, PATCH, DELETE } = adminPostOnly;
