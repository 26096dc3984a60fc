import type { SaslMechanism } from './contract'

/** The mechanisms and their properties, strongest first. */
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

/** The mechanism of that name in any case, or undefined. RFC 4422 section 3.1 demands capitals; servers take small letters too. */
export const mechanismNamed = (name: string): SaslMechanism | undefined =>
  ALL_MECHANISMS.find((mechanism) => mechanism === name.toUpperCase())

/** True if the client speaks first, so that it may send an initial response (RFC 4422 section 5, point 2). */
export const clientSendsFirst = (mechanism: SaslMechanism): boolean =>
  MECHANISMS.some((known) => known.name === mechanism && known.clientFirst)

/** True if the client sends the password itself, so that only encryption keeps it secret. */
export const isPlaintext = (mechanism: SaslMechanism): boolean =>
  MECHANISMS.some((known) => known.name === mechanism && known.plaintext)

/** The strongest mechanism that is both offered and wanted, or undefined. */
export const strongestOf = (
  offered: readonly string[],
  wanted: readonly SaslMechanism[] = ALL_MECHANISMS,
): SaslMechanism | undefined =>
  ALL_MECHANISMS.find(
    (mechanism) => wanted.includes(mechanism) && offered.some((name) => name.toUpperCase() === mechanism),
  )
