import { about } from "@/app/(product)/about";
import { Demo } from "@/app/(product)/demo";
import { PublicShell } from "@/components/layout/public-shell";
import { Features } from "@/components/marketing/features";
import { Hero } from "@/components/marketing/hero";
import { PricingTeaser } from "@/components/marketing/pricing-teaser";
import { Proof } from "@/components/marketing/proof";
import { Questions } from "@/components/marketing/questions";
import { Section } from "@/components/marketing/section";
import { Steps } from "@/components/marketing/steps";
import { pricingQuestions } from "@/components/pricing/questions";
import { catalogPricing } from "@/lib/billing/catalog-pricing";

export default function LandingPage() {
  return (
    <PublicShell>
      <Hero title={about.title} lead={about.lead}>
        <Demo />
      </Hero>
      <Section id="features" title="What you get">
        <Features items={about.features} />
      </Section>
      <Section title="How it works" className="border-y bg-muted/60">
        <Steps items={about.steps} />
      </Section>
      <Section
        title="Billing you don't have to think about"
        lead="A payment should never go missing between you and us. This is how it is built."
      >
        <Proof />
      </Section>
      <Section title="Pricing" className="border-y bg-muted/60">
        <PricingTeaser pricing={catalogPricing} />
      </Section>
      <Section title="Questions">
        <Questions items={[...about.questions, ...pricingQuestions]} />
      </Section>
    </PublicShell>
  );
}
