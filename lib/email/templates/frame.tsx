import {
  Body,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Section,
  Text,
} from "@react-email/components";
import type { ReactNode } from "react";

const font = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/**
 * Colors by class, for clients that know the dark; the others have those of `style`, whose contrasts survive being turned
 * around. The page's own is on a cell within. No `>` or quotes: they would be escaped.
 */
const dark = `@media (prefers-color-scheme: dark) {
  .page, .page td { background-color: #0f1117 !important; }
  .card, .card td { background-color: #1b1e29 !important; }
  .title { color: #f3f4f8 !important; }
  .text { color: #d5d8e3 !important; }
  .note { color: #a3a9bd !important; }
  .line { border-color: #353a4d !important; }
  .action { background-color: #5b5ff0 !important; color: #ffffff !important; }
}`;

/** The frame around every mail: a heading, the text, and who sends it. */
export function Frame({
  preview,
  title,
  appUrl,
  children,
}: {
  preview: string;
  title: string;
  appUrl: string;
  children: ReactNode;
}) {
  return (
    <Html lang="en">
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{dark}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body
        className="page"
        style={{ backgroundColor: "#f5f6f8", fontFamily: font, margin: 0, padding: "32px 16px" }}
      >
        <Container
          className="card"
          style={{ backgroundColor: "#ffffff", borderRadius: 12, maxWidth: 520, padding: "32px" }}
        >
          <Heading
            as="h1"
            className="title"
            style={{ color: "#14161f", fontSize: 22, lineHeight: "28px", margin: "0 0 16px" }}
          >
            {title}
          </Heading>
          <Section>{children}</Section>
          <Hr className="line" style={{ borderColor: "#e4e6ec", margin: "28px 0 16px" }} />
          <Text
            className="note"
            style={{ color: "#5b6072", fontSize: 13, lineHeight: "20px", margin: 0 }}
          >
            Sent by{" "}
            <Link className="note" href={appUrl} style={{ color: "#5b6072" }}>
              Northstar
            </Link>
            .
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

export function Paragraph({ children }: { children: ReactNode }) {
  return (
    <Text
      className="text"
      style={{ color: "#2c3040", fontSize: 15, lineHeight: "24px", margin: "0 0 16px" }}
    >
      {children}
    </Text>
  );
}
