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

/**
 * The session's user. next-auth takes a database that cannot be asked for nobody being signed in; here that
 * is an error, so that an outage does not send people to sign in again.
 */
async function sessionUser(): Promise<SessionUser | null> {
  const options = authOptions();
  const { adapter } = options;
  let failure: unknown;
  const session = await getServerSession({
    ...options,
    ...(adapter && {
      adapter: {
        ...adapter,
        getSessionAndUser: async (token: string) => {
          try {
            return (await adapter.getSessionAndUser?.(token)) ?? null;
          } catch (error) {
            failure = error;
            throw error;
          }
        },
      },
    }),
  });
  if (failure) throw failure;
  return session?.user ?? null;
}

/**
 * The signed-in viewer, read once per request, or null.
 *
 * @throws what the database throws when it cannot be asked.
 */
export const getViewer = cache(async (): Promise<Viewer | null> => {
  // Before the environment is read: it marks the page as rendered per request, also for the build.
  await headers();
  const user = await sessionUser();
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
