import { Alert } from "@/components/ui/alert";
import { type Feature, featureLabels, plans } from "@/lib/billing/catalog";

function isFeature(value: string): value is Feature {
  return Object.hasOwn(featureLabels, value);
}

/** Says why someone was sent here from a page that their plan does not include. */
export function FeatureNotice({ feature }: { feature: string | undefined }) {
  if (feature === undefined || !isFeature(feature)) return null;
  const names = plans.filter((plan) => plan.features.includes(feature)).map((plan) => plan.name);
  return (
    <Alert title={featureLabels[feature]}>
      <p>Part of {names.join(" and ")}. Choose one and you can go on right away.</p>
    </Alert>
  );
}
