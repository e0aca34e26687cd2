import type { Metadata } from "next";
import Link from "next/link";
import type { SearchParams } from "@/app/search-params";
import { signInError } from "@/components/auth/sign-in-errors";
import { site } from "@/components/brand/site";
import { NoticePage } from "@/components/layout/notice-page";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Sign-in problem" };

export default async function SignInErrorPage({ searchParams }: { searchParams: SearchParams }) {
  const { title, message } = signInError((await searchParams).error);
  return (
    <NoticePage title={title}>
      <p role="alert" className="text-muted-foreground">
        {message}
      </p>
      <div className="flex flex-wrap gap-3">
        <Button asChild>
          <Link href="/sign-in">Try again</Link>
        </Button>
        <Button asChild variant="outline">
          <a href={`mailto:${site.supportEmail}`}>Write to support</a>
        </Button>
      </div>
    </NoticePage>
  );
}
