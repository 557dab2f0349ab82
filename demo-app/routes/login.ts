import { type Request, Router } from 'express';
import { attributesOf, countries, findPerson, type Person, people } from '../people.js';
import { logIn, logOut } from '../session.js';
import { field, sitePath } from './form.js';

export const login = Router();

login.get('/login', (req, res) => {
  res.render('login', {
    people: people.map((person) => ({ ...person, finds: findsOf(person, req) })),
    countries,
    next: sitePath(req.query['next']),
  });
});

login.post('/login', async (req, res, next) => {
  const person = findPerson(Number(field(req, 'person')));
  if (person === undefined) return next();
  await logIn(req, person);
  res.redirect(303, sitePath(field(req, 'next')));
});

login.post('/logout', async (req, res) => {
  await logOut(req);
  res.clearCookie('marginalia').redirect(303, '/');
});

/** Asked on behalf of somebody who is not logged in here; what this browser overrides is not theirs. */
function findsOf(person: Person, req: Request): readonly string[] {
  const theirs = req.gk.forUser(person.id, attributesOf(person));
  return [
    ...(theirs.isEnabled('theme/dark') ? ['Finds the shop after dark'] : []),
    ...(theirs.isEnabled('EXPRESS_CHECKOUT') ? ['Buys with one click'] : []),
    ...(theirs.isEnabled('STOCK_LEVEL') ? ['Sees how many are left'] : []),
    ...(theirs.isEnabled('early-access/verdigris') ? ['Meets Verdigris ink first'] : []),
    theirs.match('FREE_SHIPPING', {
      ALWAYS: () => 'Never pays postage',
      WELCOME: () => 'Ships free from €30',
      STANDARD: () => 'Ships free from €60',
    }),
  ];
}
