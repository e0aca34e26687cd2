import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { getServerSession } from "next-auth/next";
import { cache } from "react";
import { env } from "@/lib/env";
import { authOptions } from "./options";

/** Who is signed in. `workspaceId` owns what they buy; a personal workspace has its user's id. */
export type Viewer = {
  userId: string;
  workspaceId: string;
  email: string;
  name: string | null;
  image: string | null;
};

type SessionUser = {
  id?: string;
  email?: string | null;
  name?: string | null;
  image?: string | null;
};

/** The signed-in viewer, read once per request, or null. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
  // Before the environment is read: it marks the page as rendered per request, also for the build.
  await headers();
  const session = await getServerSession(authOptions());
  const user: SessionUser | undefined = session?.user;
  if (!user?.id || !user.email) return null;
  return {
    userId: user.id,
    workspaceId: user.id,
    email: user.email,
    name: user.name ?? null,
    image: user.image ?? null,
  };
});

/** The signed-in viewer; anybody else is sent to sign in and comes back to `returnTo`. */
export async function requireViewer(returnTo: string): Promise<Viewer> {
  const viewer = await getViewer();
  if (!viewer) redirect(`/sign-in?callbackUrl=${encodeURIComponent(returnTo)}`);
  return viewer;
}

/** Which of the optional sign-in providers have their keys set. */
export function signInProviders(): { github: boolean; google: boolean } {
  const settings = env();
  return { github: Boolean(settings.AUTH_GITHUB_ID), google: Boolean(settings.AUTH_GOOGLE_ID) };
}
