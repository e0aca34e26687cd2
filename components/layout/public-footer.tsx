import Link from "next/link";
import { site } from "@/components/brand/site";
import { Wordmark } from "@/components/brand/wordmark";
import { ThemeChoice } from "@/components/theme/theme-choice";

/** The pages it stands on are prerendered, so each link is right for everybody, signed in or not. */
const links = [
  { href: "/#features", label: "Features" },
  { href: "/pricing", label: "Pricing" },
  { href: "/api-reference", label: "API" },
  { href: "/dashboard", label: "Dashboard" },
];

const linkStyle = "rounded-sm py-1 text-muted-foreground hover:text-foreground";

export function PublicFooter() {
  return (
    <footer className="border-t">
      <div className="mx-auto flex w-full max-w-6xl flex-col gap-8 px-4 py-10 sm:px-6 md:flex-row md:items-center md:justify-between">
        <div className="space-y-2">
          <Wordmark />
          <p className="max-w-sm text-sm text-muted-foreground">{site.description}</p>
        </div>
        <div className="flex flex-wrap items-center gap-x-6 gap-y-4 text-sm">
          <nav aria-label="Footer" className="flex flex-wrap gap-x-5 gap-y-1">
            {links.map((link) => (
              <Link key={link.href} href={link.href} className={linkStyle}>
                {link.label}
              </Link>
            ))}
            <a href={`mailto:${site.supportEmail}`} className={linkStyle}>
              Support
            </a>
          </nav>
          <ThemeChoice compact />
        </div>
      </div>
    </footer>
  );
}
