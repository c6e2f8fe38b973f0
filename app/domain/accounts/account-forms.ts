import { z } from 'zod';
import { organizationSchema } from '../organizations/organization-form';
import { personNameSchema, phoneSchema, userNameSchema } from './login-name';

/** POST /sign-in and POST /api/session. */
export const signInSchema = z.object({
  login: z.string().min(1).max(200),
  password: z.string().min(1).max(1_000),
});

/** A new password, typed twice; its faults are found by password-rules.ts. */
export const newPasswordSchema = z
  .object({ password: z.string().max(1_000), repeated: z.string().max(1_000) })
  .refine((value) => value.password === value.repeated, {
    path: ['repeated'],
    message: 'not-the-same',
  });

/** A phone number or a user name to sign in with. */
export const loginSchema = z
  .string()
  .transform((value) => value.trim())
  .pipe(z.union([phoneSchema, userNameSchema], 'login'));

/** The first bureau and its first administrator. */
export const setUpSchema = z.object({
  organizationName: organizationSchema.shape.name,
  mark: organizationSchema.shape.mark,
  shortCode: organizationSchema.shape.shortCode,
  name: personNameSchema,
  login: loginSchema,
});
