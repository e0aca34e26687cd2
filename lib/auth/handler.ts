import "server-only";
import NextAuth from "next-auth";
import { route } from "@/lib/http/route";
import { authOptions } from "./options";

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** next-auth's own endpoints under /api/auth. */
export const authHandler = route<RouteContext>(
  async (request, context) => await NextAuth(request as never, context as never, authOptions()),
);
