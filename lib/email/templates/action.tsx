import { Button } from "@react-email/components";

export function Action({ href, children }: { href: string; children: string }) {
  return (
    <Button
      href={href}
      className="action"
      style={{
        backgroundColor: "#3b3fd8",
        borderRadius: 8,
        color: "#ffffff",
        display: "inline-block",
        fontSize: 15,
        fontWeight: 600,
        margin: "4px 0 20px",
        padding: "12px 20px",
        textDecoration: "none",
      }}
    >
      {children}
    </Button>
  );
}
