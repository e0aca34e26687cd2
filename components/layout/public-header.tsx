import Link from "next/link";
import { Wordmark } from "@/components/brand/wordmark";
import { Button } from "@/components/ui/button";

const linkStyle =
  "rounded-md px-2.5 py-2 text-sm font-medium text-muted-foreground hover:text-foreground";

export function PublicHeader({ signedIn }: { signedIn: boolean }) {
  return (
    <header className="sticky top-0 z-20 border-b bg-background/92 backdrop-blur">
      <div className="mx-auto flex h-16 w-full max-w-6xl items-center gap-2 px-4 sm:px-6">
        <Link href="/" className="rounded-md py-2">
          <Wordmark />
        </Link>
        <nav aria-label="Main" className="ml-auto flex items-center gap-0.5 sm:gap-1.5">
          <Link href="/#features" className={`${linkStyle} hidden sm:block`}>
            Features
          </Link>
          <Link href="/pricing" className={linkStyle}>
            Pricing
          </Link>
          {signedIn ? (
            <Button asChild size="sm" className="ml-1.5">
              <Link href="/dashboard">Dashboard</Link>
            </Button>
          ) : (
            <>
              <Link href="/sign-in" className={linkStyle}>
                Sign in
              </Link>
              <Button asChild size="sm" className="ml-1.5 hidden sm:inline-flex">
                <Link href="/sign-in?callbackUrl=/dashboard">Start free</Link>
              </Button>
            </>
          )}
        </nav>
      </div>
    </header>
  );
}
