// Written by `gatekeeper types` from demo-app/flags.yaml: run it again instead of editing.
import 'express-gatekeeper';

declare module 'express-gatekeeper' {
  interface Register {
    definitions: {
      flags: {
        'api/count': boolean;
        'basket/green-button': boolean;
        'checkout/first-payment': { variants: { 'control': 'invoice'; 'card_first': 'card'; 'phone_first': 'phone' } };
        'delivery/paper-parcel': boolean;
        'early-access/verdigris': boolean;
        'gift/card': boolean;
        'gift/wrap': boolean;
        'log/level': { variants: { 'debug': 20; 'info': 30; 'warn': 40; 'error': 50 } };
        'registration/closed': boolean;
        'theme/christmas': boolean;
        'theme/dark': boolean;
      };
    };
  }
}
