export { commandEntries, commandSyntax, smtpCatalogue } from './catalogue'
export { smtpClient } from './client'
export type {
  SmtpClientAnswer,
  SmtpClientInput,
  SmtpClientQuestion,
  SmtpLetter,
  SmtpOutcome,
  SmtpTransferReport,
} from './clientTypes'
export type { SmtpBody, SmtpDsn, SmtpEnvelope, SmtpNotify, SmtpRecipientDsn } from './envelope'
export { parseReply, type Reply, replyText } from './grammar'
export { legalCommands, refusedCommands } from './legal'
export { replies } from './replies'
export { replyEntries } from './replyCatalogue'
export { smtpServer } from './server'
export type { SmtpServerAnswer, SmtpServerInput, SmtpServerQuestion, SmtpTransport } from './serverTypes'
