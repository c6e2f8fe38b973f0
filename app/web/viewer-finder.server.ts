import { findViewer, type Viewer } from '~/domain/accounts/viewer.server';
import { NotSignedIn } from '~/domain/shared/errors';
import { privacy } from '~/i18n/privacy';
import type { Platform } from './platform.server';
import { createSignInCache } from './sign-in-cache.server';

/** Who sends a request with these cookies, with their roles as they are now; NotSignedIn for nobody. */
export function createViewerFinder({ db, clock }: Pick<Platform, 'db' | 'clock'>) {
  const signIns = createSignInCache(db, clock);
  return async (cookies: string | undefined): Promise<Viewer> => {
    const personId = await signIns.findPerson(cookies);
    const viewer = personId && (await findViewer(db, personId, privacy.version));
    if (!viewer) throw new NotSignedIn();
    return viewer;
  };
}
