import { attributeAt, attributePath } from './attributes.js';
import type { Subject } from './subject.js';
import { userKey } from './user-id.js';

/**
 * The string that is hashed into a bucket. By default the user's id, for visitors the anonymous id; `userId`, `anonymousId`,
 * `sessionId` or the path of an attribute when the flag says so. `undefined`: there is none.
 */
export function unitOf(subject: Subject, bucketBy: string | undefined): string | undefined {
  switch (bucketBy) {
    case undefined:
      return subject.userKey ?? subject.anonymousId;
    case 'userId':
      return subject.userKey;
    case 'anonymousId':
      return subject.anonymousId;
    case 'sessionId':
      return subject.sessionId;
    default:
      return userKey(attributeAt(subject.attributes, attributePath(bucketBy)));
  }
}
