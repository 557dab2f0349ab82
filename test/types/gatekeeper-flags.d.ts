// The shape of what the command `gatekeeper types` writes; that itself is compiled in test/project-setups.
import 'express-gatekeeper';

declare module 'express-gatekeeper' {
  interface Register {
    definitions: {
      flags: {
        NEW_FEATURE: boolean;
        beta: { variants: { yes: true; no: false } };
        'checkout/express-pay': { variants: readonly ['control', 'one_click', 'wallet'] };
        dark_mode: boolean;
        disabled: boolean;
        page_limit: { variants: { few: 10; many: 50 } };
        rollout: boolean;
        testers: boolean;
        theme: { variants: { plain: { color: 'grey'; wide: false }; fancy: { color: 'gold'; wide: true } } };
        then: boolean;
      };
    };
  }
}
