import { allowOnly } from "@/lib/http/methods";

export { authHandler as GET, authHandler as POST } from "@/lib/auth/handler";

export const { PUT, PATCH, DELETE } = allowOnly("GET", "POST");
