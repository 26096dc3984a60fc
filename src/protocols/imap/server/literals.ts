import type { Octets } from '../../../base/octets'
import type { ServerContext } from '../session/serverContext'
import type { LiteralAnnounced } from './types'

/** The limits of literals in octets: the message of APPEND, and everything else together. */
export const MESSAGE_LIMIT = 35 * 1024 * 1024
export const COMMAND_LIMIT = 64 * 1024

const isAppend = (command: Octets): boolean => /^\S+ APPEND /i.test(command)

/** True if the literal is within the limit: after a login, the message of APPEND may be long; nothing else may. */
export function fits({ user, pending }: ServerContext, { line, size }: LiteralAnnounced): boolean {
  const isMessage = user !== null && isAppend(pending || line)
  return pending.length + line.length + size <= (isMessage ? MESSAGE_LIMIT : COMMAND_LIMIT)
}
