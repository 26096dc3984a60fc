import type { Host, SessionId } from '../world/world'

/** A role's note of why it started a session: plain data, which its kind tells from the role's other purposes. */
export interface Purpose {
  readonly kind: string
}

/** A person, or a program outside the world, uses this connection. */
export interface TerminalPurpose extends Purpose {
  readonly kind: 'terminal'
  readonly terminal: string
}

/** Reads a session's purpose. A session without one, or with one of another part of the host, gives undefined. */
export type PurposeReader<Own extends Purpose> = (purpose: object | undefined) => Own | undefined

/** The reader of a role's own purposes, by their kinds. */
export function purposeReader<Own extends Purpose>(kinds: Readonly<Record<Own['kind'], true>>): PurposeReader<Own> {
  const isOwn = (purpose: object): purpose is Own =>
    'kind' in purpose && typeof purpose.kind === 'string' && Object.hasOwn(kinds, purpose.kind)
  return (purpose) => (purpose !== undefined && isOwn(purpose) ? purpose : undefined)
}

/** The first session of a host with such a purpose. */
export function sessionWith<Own extends Purpose>(
  { sessions }: Host,
  read: PurposeReader<Own>,
  isWanted: (purpose: Own) => boolean,
): SessionId | undefined {
  const found = Object.entries(sessions).find(([, hosted]) => {
    const purpose = read(hosted.purpose)
    return purpose !== undefined && isWanted(purpose)
  })
  return found?.[0]
}
