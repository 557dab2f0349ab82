/** A user and password in front of a host, as long as no space ends the URL. */
const PASSWORD = /([a-z][a-z0-9+.-]*:\/\/[^\s:@/"']*):[^\s"']*@/gi;
const PARAMETER = /([?&](?:password|pass|pwd|auth|token)=)[^\s&"']*/gi;

/** From what may stand before a password, a colon or else the slashes, to the last thing that may end one. */
const PERHAPS = /(:(?!\/\/)|\/\/(?=[^:]*@)).*@/s;

/** Text in which whatever is the password of a URL is not readable. */
export function withoutPasswords(text: string): string {
  return text.replace(PASSWORD, '$1:***@').replace(PARAMETER, '$1***');
}

/** The same for what was meant as a URL and is none: wherever a password may be, none is readable. */
export function withoutPerhapsPasswords(text: string): string {
  return withoutPasswords(text.replace(PERHAPS, '$1***@'));
}
