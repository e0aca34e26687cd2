import "server-only";
import NextAuth from "next-auth";
import { authOptions } from "./options";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own endpoints under /api/auth. */
export async function authHandler(request: Request, context: RouteContext): Promise<Response> {
  return await NextAuth(request as never, context as never, authOptions());
}
