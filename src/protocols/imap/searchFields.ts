import type { ProtocolFields } from '../../session/knowledge'

/** The names by which parsed lines can be asked, with their places in `meaning.ts`. */
export const imapFields = {
  status: ['status'],
  code: ['code'],
  answers: ['answers'],
  mailbox: ['mailbox', 'data.mailbox'],
  set: ['set'],
  flags: ['flags', 'data.flags'],
  count: ['count', 'data.count'],
  number: ['data.messageNumber'],
  user: ['user'],
  mechanism: ['mechanism'],
  purpose: ['purpose'],
} as const satisfies ProtocolFields
