/** A mail exchanger: lower preference is tried first (RFC 5321 section 5.1). */
export interface Exchanger {
  readonly preference: number
  readonly name: string
}

/**
 * How the exchangers of a domain were found: from its MX records; without any, the domain's own address; an address in brackets;
 * or a host that the administrator has set, which replaces the lookup (RFC 5321 section 5.1).
 */
export type ExchangerSource = 'mx' | 'implicitMx' | 'literal' | 'route'

/**
 * The order of trying: by preference, and among equals at random, so that senders share the load (RFC 5321 section 5.1).
 * `chance` is in [0, 1) and decides the whole order.
 */
export function orderExchangers(exchangers: readonly Exchanger[], chance: number): readonly Exchanger[] {
  const byName = [...exchangers].sort((a, b) => a.preference - b.preference || (a.name < b.name ? -1 : 1))
  const ordered: Exchanger[] = []
  let rest = chance
  while (byName.length > 0) {
    const first = byName[0] as Exchanger
    const equals = byName.filter((exchanger) => exchanger.preference === first.preference).length
    const pick = Math.min(equals - 1, Math.floor(rest * equals))
    rest = rest * equals - pick
    ordered.push(...byName.splice(pick, 1))
  }
  return ordered
}

/** A null MX means that the domain accepts no mail (RFC 7505). */
export const isNullMx = (exchangers: readonly Exchanger[]): boolean =>
  exchangers.length === 1 && (exchangers[0]?.name === '.' || exchangers[0]?.name === '')

/**
 * The exchangers with a lower preference than ourselves: an exchanger relays a message only to better ones, otherwise it would
 * loop (RFC 5321 section 5.1).
 */
export function betterThan(ours: (name: string) => boolean, exchangers: readonly Exchanger[]): readonly Exchanger[] {
  const preference = Math.min(...exchangers.filter(({ name }) => ours(name)).map((exchanger) => exchanger.preference))
  return exchangers.filter((exchanger) => exchanger.preference < preference)
}
