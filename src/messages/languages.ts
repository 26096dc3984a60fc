/** The tag of the made-up language of `madeUp.ts`: the address of a page may ask for it by `?locale=en-XA`. */
export const MADE_UP = 'en-XA'
