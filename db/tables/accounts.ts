import type { Moment, Flag } from './columns';

export interface PersonTable {
  id: string;
  name: string;
  /** Argon2id, null until the first sign-in with a start code. */
  password_hash: string | null;
  password_set_at: Moment | null;
  locale: 'zh' | 'en';
  created_at: Moment;
  disabled_at: Moment | null;
  /** Sessions opened before it get a new id with their next request. */
  roles_changed_at: Moment | null;
}

/** Every name a person can sign in with, normalized; one table, so that no two people share one. */
export interface LoginNameTable {
  login_name: string;
  kind: 'phone' | 'user_name' | 'staff_number';
  person_id: string;
  /** The organization whose staff number it is. */
  organization_id: string | null;
}

export interface SignInSessionTable {
  /** SHA-256 of the session id, hex; the id itself is only in the cookie. */
  id_hash: string;
  person_id: string;
  expires_at: Moment;
  created_at: Moment;
  /** Since when a newer id stands for it; requests already under way may still use it for a moment. */
  replaced_at: Moment | null;
}

export interface StartCodeTable {
  id: string;
  person_id: string;
  /** SHA-256 of the normalized code, hex. */
  code_hash: string;
  issued_by: string | null;
  issued_at: Moment;
  expires_at: Moment;
  used_at: Moment | null;
  revoked_at: Moment | null;
}

export interface ConsentTable {
  person_id: string;
  version: string;
  given_at: Moment;
}

export interface SignInFailureTable {
  id: string;
  /** SHA-256 of the normalized login name: unknown names are counted too. */
  login_hash: string;
  address: string;
  known_device: Flag;
  /** 1 while the password is being checked: guesses in flight count as failures already. */
  pending: Flag;
  failed_at: Moment;
}

/** A browser that has signed this person in before; only the hash of its token is kept. */
export interface KnownDeviceTable {
  person_id: string;
  device_hash: string;
  seen_at: Moment;
}

/** A one-time secret such as the set-up link shown while there is no administrator. */
export interface SetUpLinkTable {
  id: string;
  token_hash: string;
  created_at: Moment;
  expires_at: Moment;
  used_at: Moment | null;
}

/** Written by /readyz to know that the database takes writes. */
export interface ReadinessTable {
  id: string;
  checked_at: Moment;
}
