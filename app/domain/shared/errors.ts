/** One field's complaint: `pointer` is a JSON pointer into the sent body, `message` a key or plain text. */
export interface FieldError {
  pointer: string;
  message: string;
}

/** What the platform refuses to do, and why; app/web turns it into HTTP in one place. */
export abstract class DomainError extends Error {
  abstract readonly status: number;
  /** Stable kebab-case name: the `type` of the problem, and the key of its message. */
  readonly type: string;
  constructor(type: string, detail?: string) {
    super(detail ?? type);
    this.type = type;
    this.name = new.target.name;
  }
}

export class NotSignedIn extends DomainError {
  readonly status = 401;
  constructor(type = 'not-signed-in', detail?: string) {
    super(type, detail);
  }
}

/** An insider without the right; an outsider gets NotFound. */
export class Forbidden extends DomainError {
  readonly status = 403;
  constructor(type = 'forbidden', detail?: string) {
    super(type, detail);
  }
}

export class NotFound extends DomainError {
  readonly status = 404;
  constructor(type = 'not-found', detail?: string) {
    super(type, detail);
  }
}

/** The state of things does not allow it now (someone saved first, a class is closed, …). */
export class Conflict extends DomainError {
  readonly status = 409;
}

export class Invalid extends DomainError {
  readonly status = 422;
  readonly errors: FieldError[];
  constructor(errors: FieldError[], type = 'invalid', detail?: string) {
    super(type, detail ?? errors.map((e) => `${e.pointer}: ${e.message}`).join('; '));
    this.errors = errors;
  }
}

export class TooMany extends DomainError {
  readonly status = 429;
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number, type = 'too-many', detail?: string) {
    super(type, detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Could not be stored or read now; nothing was changed and trying again is right. */
export class Unavailable extends DomainError {
  readonly status = 503;
  readonly retryAfterSeconds: number;
  constructor(type = 'unavailable', retryAfterSeconds = 5, detail?: string) {
    super(type, detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
