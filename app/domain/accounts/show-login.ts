/** A login name as lists show it: the middle of a phone number is hidden. */
export function maskLogin(loginName: string): string {
  return /^1\d{10}$/.test(loginName)
    ? `${loginName.slice(0, 3)} **** ${loginName.slice(7)}`
    : loginName;
}

/** A phone number in groups, as people read it aloud; other login names as they are. */
export function showLogin(loginName: string): string {
  return loginName.replace(/^(1\d{2})(\d{4})(\d{4})$/, '$1 $2 $3');
}
