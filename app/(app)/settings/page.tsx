import { Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { SignOutButton } from "@/components/auth/sign-out-button";
import { site } from "@/components/brand/site";
import { PageHeader } from "@/components/layout/page-header";
import { Profile } from "@/components/settings/profile";
import { SettingsSection } from "@/components/settings/settings-section";
import { ThemeChoice } from "@/components/theme/theme-choice";
import { Button } from "@/components/ui/button";
import { requireViewer } from "@/lib/auth";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const viewer = await requireViewer("/settings");
  return (
    <>
      <PageHeader title="Settings" />
      <div className="space-y-6">
        <SettingsSection title="Profile" description="What we know about you.">
          <Profile name={viewer.name} email={viewer.email} />
        </SettingsSection>
        <SettingsSection title="Theme" description="Kept in this browser.">
          <ThemeChoice />
        </SettingsSection>
        <SettingsSection title="Support" description="Questions about your account or a bill.">
          <a
            href={`mailto:${site.supportEmail}`}
            className="font-medium underline underline-offset-4"
          >
            {site.supportEmail}
          </a>
        </SettingsSection>
        <SettingsSection
          title="Your data"
          description="Everything that we keep about you and your workspace."
        >
          <div className="flex flex-wrap gap-3">
            <Button asChild variant="outline">
              <a href="/api/account/export" download>
                <Download aria-hidden="true" />
                Download as JSON
              </a>
            </Button>
            <Button asChild variant="outline">
              <Link href="/settings/delete">Delete account</Link>
            </Button>
          </div>
        </SettingsSection>
        <SettingsSection title="Session" description="Sign out of this browser.">
          <SignOutButton variant="outline" />
        </SettingsSection>
      </div>
    </>
  );
}
