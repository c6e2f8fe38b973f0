import { signedInApi } from '~/web/api.server';

export const loader = signedInApi(async ({ viewer }) =>
  Response.json({
    id: viewer.personId,
    name: viewer.name,
    roles: viewer.memberships.map((m) => ({ organizationId: m.organizationId, role: m.role })),
    enrollments: [],
  }),
);
