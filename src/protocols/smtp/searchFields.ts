import type { ProtocolFields } from '../../session/knowledge'

/** The names by which parsed lines can be asked, with their places in `meaning.ts`. */
export const smtpFields = {
  reply: ['code'],
  status: ['enhancedStatusCode'],
  reason: ['reason'],
  answers: ['answers'],
  sender: ['reversePath'],
  recipient: ['forwardPath'],
  address: ['address', 'forwardPath', 'reversePath'],
  helo: ['helloName'],
  mechanism: ['mechanism'],
  user: ['user'],
  size: ['size'],
} as const satisfies ProtocolFields
