import { expect, it } from 'vitest';
import { publicSurface } from './public-surface.js';

// Every name here is a promise to people who upgrade. `npx vitest run test/structure -u` rewrites the file:
// read its diff.
it('the package exports what public-surface.txt lists, no more and no less', async () => {
  await expect(`${publicSurface()}\n`).toMatchFileSnapshot('public-surface.txt');
}, 30_000);
