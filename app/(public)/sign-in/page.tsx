import type { Metadata } from "next";
import { redirect } from "next/navigation";
import type { SearchParams } from "@/app/search-params";
import { EmailForm } from "@/components/auth/email-form";
import { ProviderButtons } from "@/components/auth/provider-buttons";
import { NoticePage } from "@/components/layout/notice-page";
import { getViewer, safeReturnPath, signInProviders } from "@/lib/auth";
import { localMailbox } from "@/lib/email/mailbox";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage({ searchParams }: { searchParams: SearchParams }) {
  const callbackUrl = safeReturnPath((await searchParams).callbackUrl, "/dashboard");
  if (await getViewer()) redirect(callbackUrl);

  const configured = signInProviders();
  const providers = (["github", "google"] as const).filter((provider) => configured[provider]);
  return (
    <NoticePage title="Sign in">
      <p className="text-muted-foreground">
        We mail you a link: there is no password to make up or to lose. New here? The same link
        opens your account.
      </p>
      <EmailForm callbackUrl={callbackUrl} mailbox={localMailbox()} />
      {providers.length > 0 ? (
        <>
          <div className="flex items-center gap-3 text-sm text-muted-foreground before:h-px before:flex-1 before:bg-border after:h-px after:flex-1 after:bg-border">
            or
          </div>
          <ProviderButtons providers={providers} callbackUrl={callbackUrl} />
        </>
      ) : null}
    </NoticePage>
  );
}
