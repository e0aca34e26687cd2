import type { Metadata } from "next";
import Link from "next/link";
import type { SearchParams } from "@/app/search-params";
import { site } from "@/components/brand/site";
import { NoticePage } from "@/components/layout/notice-page";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Goodbye", robots: { index: false } };

/** Where whoever deleted an account ends up, and whoever signs in to one that is being deleted. */
export default async function GoodbyePage({ searchParams }: { searchParams: SearchParams }) {
  const isDone = (await searchParams).done !== undefined;
  return isDone ? (
    <NoticePage title="Your account is deleted">
      <p className="text-muted-foreground">
        Nothing is charged any more, and what we knew about you is gone. A last mail confirms it.
        Thank you for having been here.
      </p>
      <Button asChild variant="outline">
        <Link href="/">To the start page</Link>
      </Button>
    </NoticePage>
  ) : (
    <NoticePage title="Your account is being deleted">
      <p className="text-muted-foreground">
        It goes on by itself as soon as our payment service can be reached, and there is nothing
        left for you to do. Until then nobody can sign in to it or buy with it. A mail tells you
        when it is done; after that you can begin anew with the same address.
      </p>
      <Button asChild variant="outline">
        <a href={`mailto:${site.supportEmail}`}>Write to support</a>
      </Button>
    </NoticePage>
  );
}
