import type { SaslMechanism } from './contract'

/** What sets the mechanisms apart, strongest first. */
const MECHANISMS: readonly {
  readonly name: SaslMechanism
  readonly clientFirst: boolean
  readonly plaintext: boolean
}[] = [
  { name: 'SCRAM-SHA-256', clientFirst: true, plaintext: false },
  { name: 'CRAM-MD5', clientFirst: false, plaintext: false },
  { name: 'PLAIN', clientFirst: true, plaintext: true },
  { name: 'LOGIN', clientFirst: false, plaintext: true },
]

/** All mechanisms, strongest first. */
export const ALL_MECHANISMS: readonly SaslMechanism[] = MECHANISMS.map((mechanism) => mechanism.name)

/** The mechanism of that name in any case (RFC 4422 section 3.1 has capitals; servers take small letters too), or undefined. */
export const mechanismNamed = (name: string): SaslMechanism | undefined =>
  ALL_MECHANISMS.find((mechanism) => mechanism === name.toUpperCase())

/** Whether the client speaks first, so that an initial response makes sense (RFC 4422 section 5, point 2). */
export const clientSendsFirst = (mechanism: SaslMechanism): boolean =>
  MECHANISMS.some((known) => known.name === mechanism && known.clientFirst)

/** Whether the password itself travels, so that only an encrypted connection keeps it secret. */
export const isPlaintext = (mechanism: SaslMechanism): boolean =>
  MECHANISMS.some((known) => known.name === mechanism && known.plaintext)

/** The strongest of the mechanisms that are offered and wanted, by the names in `offered`, or undefined where there is none. */
export const strongestOf = (
  offered: readonly string[],
  wanted: readonly SaslMechanism[] = ALL_MECHANISMS,
): SaslMechanism | undefined =>
  ALL_MECHANISMS.find(
    (mechanism) => wanted.includes(mechanism) && offered.some((name) => name.toUpperCase() === mechanism),
  )
