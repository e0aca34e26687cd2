import { adminPostOnly, adminRoute } from "@/lib/admin/route";
import { AnswerError, answerAs } from "@/lib/doctor/answers";

const page = "/admin/doctor";

export const POST = adminRoute(page, async (admin, form) => {
  try {
    await answerAs(admin, form.get("line") ?? "", form.get("note") ?? "");
  } catch (error) {
    if (error instanceof AnswerError) return { page, said: "no_answer", status: 422 };
    throw error;
  }
  return { page, said: "answered" };
});

export const { GET, PUT, PATCH, DELETE } = adminPostOnly;
