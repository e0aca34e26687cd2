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
      </Head>
      <Preview>{preview}</Preview>
      <Body
        style={{ backgroundColor: "#f5f6f8", fontFamily: font, margin: 0, padding: "32px 16px" }}
      >
        <Container
          style={{ backgroundColor: "#ffffff", borderRadius: 12, maxWidth: 520, padding: "32px" }}
        >
          <Heading
            as="h1"
            style={{ color: "#14161f", fontSize: 22, lineHeight: "28px", margin: "0 0 16px" }}
          >
            {title}
          </Heading>
          <Section>{children}</Section>
          <Hr style={{ borderColor: "#e4e6ec", margin: "28px 0 16px" }} />
          <Text style={{ color: "#5b6072", fontSize: 13, lineHeight: "20px", margin: 0 }}>
            Sent by{" "}
            <Link href={appUrl} style={{ color: "#5b6072" }}>
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
    <Text style={{ color: "#2c3040", fontSize: 15, lineHeight: "24px", margin: "0 0 16px" }}>
      {children}
    </Text>
  );
}
