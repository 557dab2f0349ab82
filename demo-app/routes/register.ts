import { type RequestHandler, Router } from 'express';
import { requireFlag } from 'express-gatekeeper';
import { checkLabel } from '../order.js';
import { countries, newCustomer } from '../people.js';
import { leaveNotice, logIn, personOf } from '../session.js';
import { countryField, field, labelFields } from './form.js';

export const register = Router();

const closed: RequestHandler = (req, res) => {
  leaveNotice(req, 'We are not opening new accounts at the moment. Whoever has one goes on as usual.');
  res.redirect(303, '/');
};

const atHome: RequestHandler = (req, res, next) => {
  if (personOf(req) === undefined) next();
  else res.redirect(303, '/');
};

register.use('/register', atHome, requireFlag('registration/closed', 'off', { otherwise: closed }));

register.get('/register', (_req, res) => {
  res.render('register', { countries, label: {}, country: 'SE', isPremium: false, errors: {} });
});

register.post('/register', async (req, res) => {
  const label = labelFields(req);
  const country = countryField(req);
  const isPremium = field(req, 'premium') === 'yes';
  const errors = checkLabel(label);
  if (Object.keys(errors).length > 0) {
    return res.status(422).render('register', { countries, label, country, isPremium, errors });
  }
  await logIn(req, newCustomer(label, country, isPremium ? 'premium' : 'none'));
  leaveNotice(req, `Welcome, ${personOf(req)?.firstName}. You exist in this browser until you log out.`);
  res.redirect(303, '/');
});
