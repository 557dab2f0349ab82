/** A user and password in front of a host, as long as no space ends the URL. */
const PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s:@/"']*):[^\s"']*@/gi;
const PARAMETER = /([?&](?:password|pass|pwd|auth|token)=)[^\s&"']*/gi;

/** Text in which whatever is the password of a URL is not readable. */
export function withoutPasswords(text: string): string {
  return text.replace(PASSWORD, '$1:***@').replace(PARAMETER, '$1***');
}
