import type { ProtocolFields } from '../../session/knowledge'

/** The names by which parsed lines can be asked, with their places in `meaning.ts`. */
export const dnsFields = {
  type: ['question.type'],
  name: ['question.name'],
  rcode: ['rcode'],
  referral: ['referral'],
  truncated: ['truncated'],
} as const satisfies ProtocolFields
