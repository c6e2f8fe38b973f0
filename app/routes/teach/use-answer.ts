import { useActionData, useLocation } from '@remix-run/react';
import { useState } from 'react';

/**
 * What the action answered to the last form, for as long as the same page stands and no other form was sent.
 * The router forgets it as soon as the page's data are loaded anew, and these pages load them whenever a
 * colleague changes something: what was said would be gone before it is read.
 */
export function useAnswer<Action>() {
  const answer = useActionData<Action>();
  const { key } = useLocation();
  const [held, setHeld] = useState({ key, answer });
  // Each form that is sent, and each page that is opened, has a location key of its own; a refresh has not.
  const latest = answer === undefined && held.key === key ? held : { key, answer };
  if (latest.key !== held.key || latest.answer !== held.answer) setHeld(latest);
  return latest.answer;
}
