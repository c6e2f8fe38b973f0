import type { Role } from '~db/tables/organizations';

interface Roles {
  administrator: boolean;
  memberships: { organizationId: string; role: Role }[];
}

/** The organizations in which a person holds one of the roles. */
export function organizationsAs(viewer: Roles, ...roles: Role[]): string[] {
  const found = viewer.memberships
    .filter((m) => roles.includes(m.role))
    .map((m) => m.organizationId);
  return [...new Set(found)];
}

/** Whether the person holds a role in the organization (any role when none is named). */
export function holdsRole(viewer: Roles, organizationId: string, ...roles: Role[]): boolean {
  return viewer.memberships.some(
    (m) => m.organizationId === organizationId && (roles.length === 0 || roles.includes(m.role)),
  );
}

/** Managers of the organization and bureau administrators. */
export function canManage(viewer: Roles, organizationId: string): boolean {
  return viewer.administrator || holdsRole(viewer, organizationId, 'manager');
}
