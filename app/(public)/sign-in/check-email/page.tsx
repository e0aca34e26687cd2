import type { Metadata } from "next";
import Link from "next/link";
import { SentAddress } from "@/components/auth/sent-address";
import { WhereToLook } from "@/components/auth/where-to-look";
import { NoticePage } from "@/components/layout/notice-page";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Check your e-mail" };

export default function CheckEmailPage() {
  return (
    <NoticePage title="Check your e-mail">
      <div className="space-y-3 text-muted-foreground">
        <p>
          We sent a sign-in link to <SentAddress />. Open it and press the button there.
        </p>
        <p>
          The link works once, for 15 minutes. <WhereToLook />
        </p>
      </div>
      <Button asChild variant="outline" className="w-full">
        <Link href="/sign-in">Use another address</Link>
      </Button>
    </NoticePage>
  );
}
