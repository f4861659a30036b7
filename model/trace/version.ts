/** The version of mapahead, as in package.json: tokens and trace files say which one made them. */
export const VERSION = '0.1.0';
