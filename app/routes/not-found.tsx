import { NotFound } from '~/domain/shared/errors';
import { ErrorPage } from '~/ui/error-page';
import { explained } from '~/web/page.server';

export const loader = () =>
  explained(async () => {
    throw new NotFound();
  });

export default function NotFoundPage() {
  return <ErrorPage />;
}
