import { relative, sep } from 'node:path'

/** A path as problems name it: from the place where the command was given, with slashes. */
export const named = (path: string): string => relative(process.cwd(), path).split(sep).join('/') || '.'
