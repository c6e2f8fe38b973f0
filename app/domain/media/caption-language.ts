import { z } from 'zod';
import { captionLanguages } from './captions';

/** A language captions come in, as a form or an address names it. */
export const captionLanguage = z.enum(captionLanguages);
