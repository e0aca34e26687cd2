import { DatabaseZap, Laptop, ShieldCheck } from "lucide-react";

const claims = [
  {
    icon: DatabaseZap,
    title: "Stored before it is acknowledged",
    text: "Every message about a payment is checked for its signature and written to our database before we answer it. If we can't store it, it is sent again.",
  },
  {
    icon: ShieldCheck,
    title: "Access from verified facts only",
    text: "What you can do follows from what the payment provider has confirmed, never from a redirect or a guess. A late or repeated message changes nothing.",
  },
  {
    icon: Laptop,
    title: "No outage locks you out",
    text: "Your plan is read from our own database. When the payment provider is slow or away, people who have paid keep working.",
  },
];

export function Proof() {
  return (
    <ul className="grid gap-10 md:grid-cols-3">
      {claims.map(({ icon: Icon, title, text }) => (
        <li key={title} className="space-y-3">
          <Icon className="size-6 text-brand-foreground" aria-hidden="true" />
          <h3 className="font-semibold">{title}</h3>
          <p className="text-muted-foreground">{text}</p>
        </li>
      ))}
    </ul>
  );
}
