import "server-only";
import type { AuthOptions } from "next-auth";
import EmailProvider from "next-auth/providers/email";
import GitHubProvider from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import type { Provider } from "next-auth/providers/index";
import { env } from "@/lib/env";
import { logger } from "@/lib/observability/logger";
import { authAdapter, isBeingDeleted } from "./adapter";
import { authCookies } from "./cookies";
import { linkLifetimeSeconds, sendSignInLink } from "./sign-in-link";
import { newSeed, tokenFromSeed } from "./token";

function providers(): Provider[] {
  const settings = env();
  const found: Provider[] = [
    EmailProvider({
      maxAge: linkLifetimeSeconds,
      generateVerificationToken: () => tokenFromSeed(newSeed()),
      sendVerificationRequest: ({ identifier, token, url }) =>
        sendSignInLink({ email: identifier, token, url }),
    }),
  ];
  if (settings.AUTH_GITHUB_ID && settings.AUTH_GITHUB_SECRET) {
    found.push(
      GitHubProvider({
        clientId: settings.AUTH_GITHUB_ID,
        clientSecret: settings.AUTH_GITHUB_SECRET,
      }),
    );
  }
  if (settings.AUTH_GOOGLE_ID && settings.AUTH_GOOGLE_SECRET) {
    found.push(
      GoogleProvider({
        clientId: settings.AUTH_GOOGLE_ID,
        clientSecret: settings.AUTH_GOOGLE_SECRET,
      }),
    );
  }
  return found;
}

let options: AuthOptions | undefined;

/** next-auth's settings, made at first use because they need the environment. */
export function authOptions(): AuthOptions {
  if (options) return options;
  const { APP_URL, AUTH_SECRET } = env();
  // next-auth reads its own address from this variable alone.
  process.env.NEXTAUTH_URL = APP_URL;
  options = {
    adapter: authAdapter(),
    providers: providers(),
    secret: AUTH_SECRET,
    useSecureCookies: APP_URL.startsWith("https:"),
    cookies: authCookies(APP_URL, AUTH_SECRET),
    session: { strategy: "database", maxAge: 30 * 86_400, updateAge: 86_400 },
    pages: { signIn: "/sign-in", verifyRequest: "/sign-in/check-email", error: "/sign-in/error" },
    callbacks: {
      // Only when the link is opened: whoever asks for one learns nothing about an address.
      signIn: async ({ user, email }) =>
        !email?.verificationRequest && (await isBeingDeleted(user.id)) ? "/goodbye" : true,
      // Built from nothing, so that nothing of the session's row but these fields can leave the server.
      session: ({ session, user }) => ({
        expires: session.expires,
        user: {
          id: user.id,
          email: user.email,
          name: user.name ?? null,
          image: user.image ?? null,
        },
      }),
    },
    logger: {
      error: (code, metadata) =>
        logger.error(
          { code, err: metadata instanceof Error ? metadata : metadata.error },
          "Sign-in failed",
        ),
      warn: (code) => logger.warn({ code }, "Sign-in warning"),
      debug: () => {},
    },
  };
  return options;
}
