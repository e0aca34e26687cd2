import { type NavItem, NavLink } from "@/components/layout/nav-link";

export function AppNav({ items }: { items: readonly NavItem[] }) {
  return (
    <nav aria-label="Main">
      <ul className="space-y-0.5">
        {items.map((item) => (
          <li key={item.href}>
            <NavLink {...item} />
          </li>
        ))}
      </ul>
    </nav>
  );
}
