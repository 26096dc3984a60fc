import type { Scenario } from '../../world/scenario'

/** The address of the lab with the form for a letter open, to a reader if one is named. */
export const writingIn = ({ name }: Pick<Scenario, 'name'>, to?: string): string =>
  `#/lab/${name}?write${to === undefined ? '' : `=${encodeURIComponent(to)}`}`

/** The reader that an address names for the letter to write: empty if it names none, undefined if no letter is to be written. */
export const readerIn = (hash: string): string | undefined => {
  const found = /[?&]write(?:=([^&]*))?(?:&|$)/.exec(hash)
  if (!found) return undefined
  try {
    return decodeURIComponent(found[1] ?? '')
  } catch {
    return ''
  }
}
