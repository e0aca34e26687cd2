import { FileDown, Gauge, Palette, ScanLine } from "lucide-react";

/** What the landing page says about the product. */
export const about = {
  title: "QR codes that scan the first time",
  lead: "Type a link, get a clean code. 50 PNG codes a month are free; Pro adds SVG for print and your own colors.",
  features: [
    {
      icon: <ScanLine aria-hidden="true" />,
      title: "Made to be read",
      text: "The right quiet zone, sharp edges, error correction for a scratched label. Black on white unless you decide otherwise.",
    },
    {
      icon: <FileDown aria-hidden="true" />,
      title: "PNG and SVG",
      text: "A PNG on every plan. SVG on Pro and Business, sharp from a business card to the side of a van.",
    },
    {
      icon: <Palette aria-hidden="true" />,
      title: "Your colors",
      text: "Pick both colors and see the code at once. You are told when a pair would be hard to scan.",
    },
    {
      icon: <Gauge aria-hidden="true" />,
      title: "No code expires",
      text: "The link is in the code itself. Nothing passes through our servers, so a code works for as long as its paper lasts.",
    },
  ],
  steps: [
    {
      title: "Type",
      text: "A link, a phone number, Wi-Fi details: anything up to 1,024 characters.",
    },
    { title: "Create", text: "The file is made in a moment, and counts as one code." },
    { title: "Print", text: "Download it and put it where people will look." },
  ],
  questions: [
    {
      question: "Do codes stop working when I cancel?",
      answer:
        "No. A code holds your text itself, not a link to us. What you have downloaded works for good.",
    },
    {
      question: "What counts as a code?",
      answer: "Each file you create. Previews are free, and a request that fails is not counted.",
    },
  ],
} as const;
