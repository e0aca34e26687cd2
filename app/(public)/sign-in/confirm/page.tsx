import type { Metadata } from "next";
import Link from "next/link";
import type { SearchParams } from "@/app/search-params";
import { NoticePage } from "@/components/layout/notice-page";
import { Button } from "@/components/ui/button";
import { confirmLink } from "@/lib/auth";

export const metadata: Metadata = {
  title: "Confirm sign-in",
  // Not "no-referrer": under that a browser hides from us, too, that the form is our own.
  referrer: "strict-origin",
  robots: { index: false },
};

export default async function ConfirmPage({ searchParams }: { searchParams: SearchParams }) {
  const link = confirmLink(await searchParams);
  if (!link) {
    return (
      <NoticePage title="This link is not complete">
        <p className="text-muted-foreground">
          Part of the address is missing. Copy the whole link from the mail, or ask for a new one.
        </p>
        <Button asChild className="w-full">
          <Link href="/sign-in">Ask for a new link</Link>
        </Button>
      </NoticePage>
    );
  }
  return (
    <NoticePage title="One more step">
      <p className="text-muted-foreground">
        Press the button to finish signing in as{" "}
        <strong className="font-semibold break-all text-foreground">{link.email}</strong>. This step
        keeps mail scanners, which open links on their own, from using up yours.
      </p>
      <form method="post" action={link.action}>
        {Object.entries(link.fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button type="submit" size="lg" className="w-full">
          Sign in
        </Button>
      </form>
      <p className="text-sm text-muted-foreground">
        You did not ask for this, or the address is not yours? Close the page; nothing happens.
      </p>
    </NoticePage>
  );
}
