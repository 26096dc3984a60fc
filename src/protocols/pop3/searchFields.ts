import type { ProtocolFields } from '../../session/knowledge'

/** The names by which parsed lines can be asked, with their places in `meaning.ts`. */
export const pop3Fields = {
  status: ['status'],
  code: ['code'],
  answers: ['answers'],
  user: ['user'],
  number: ['messageNumber'],
  lines: ['lines'],
  mechanism: ['mechanism'],
} as const satisfies ProtocolFields
