/**
 * In CI nothing is skipped: everything that a test needs must exist. Elsewhere a test whose program or folder is missing
 * reports that and is left out.
 */
export const everythingIsHere = process.env['CI'] !== undefined || process.env['EHLO_EVERYTHING'] !== undefined
