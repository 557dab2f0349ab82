/** The alias brings no types; what is used here is the same in both majors. */
declare module 'express4' {
  import express from 'express';
  export = express;
}
