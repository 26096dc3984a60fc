/**
 * In CI nothing is skipped: what a test needs has to be there. Elsewhere a test whose program or folder is missing says so
 * and is left out.
 */
export const everythingIsHere = process.env['CI'] !== undefined || process.env['EHLO_EVERYTHING'] !== undefined
