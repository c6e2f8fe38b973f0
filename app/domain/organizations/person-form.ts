import { z } from 'zod';
import type { Role } from '~db/tables/organizations';
import {
  personNameSchema,
  phoneSchema,
  staffNumberSchema,
  userNameSchema,
} from '../accounts/login-name';

/** The four roles, in the order in which forms offer them. */
export const ROLES = ['learner', 'instructor', 'mentor', 'manager'] as const satisfies Role[];

/** An empty field is no value. */
const orNothing = <S extends z.ZodType>(schema: S) =>
  z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    schema.optional(),
  );

/** One or more of the four roles. */
export const rolesSchema = z.array(z.enum(ROLES, 'roles'));

/** What a manager corrects about a person. */
export const personFactsSchema = z.object({
  name: personNameSchema,
  phone: orNothing(phoneSchema),
  staffNumber: orNothing(staffNumberSchema),
  userName: orNothing(userNameSchema),
});

/** What a manager enters about a person; at least one of the three login names. */
export const personEntrySchema = z
  .object({
    name: personNameSchema,
    phone: orNothing(phoneSchema),
    staffNumber: orNothing(staffNumberSchema),
    userName: orNothing(userNameSchema),
    roles: rolesSchema.min(1, 'roles'),
  })
  .refine((entry) => entry.phone ?? entry.staffNumber ?? entry.userName, {
    path: ['phone'],
    message: 'no-login',
  });
