export { saidSoFar, smtpByHand, understudyOf } from './byHand/byHand'
export { type Fitting, type FittingName, fittingReplies } from './byHand/fitting'
export { type Judgement, judgeReply } from './byHand/judgement'
export type { ByHandIntent, ByHandQuestion, HeardName, ReplyWanted } from './byHand/types'
export { commandEntries, commandSyntax, smtpCatalogue } from './catalogue/catalogue'
export { replyEntries } from './catalogue/replyCatalogue'
export { smtpClient } from './client/client'
export type {
  SmtpClientAnswer,
  SmtpClientInput,
  SmtpClientQuestion,
  SmtpLack,
  SmtpMessage,
  SmtpOutcome,
  SmtpTransferReport,
} from './client/types'
export { isSmtp } from './face'
export type { SmtpBody, SmtpDsn, SmtpEnvelope, SmtpNotify, SmtpRecipientDsn } from './grammar/envelope'
export { replies } from './grammar/replies'
export { parseReply, type Reply, replyText } from './grammar/reply'
export type { ParsedReply, SmtpAnswered, SmtpParsed } from './meaning'
export { smtpFields } from './searchFields'
export { legalCommands, refusedCommands, rehearsal } from './server/legal'
export { smtpServer } from './server/server'
export type {
  AcceptanceGrounds,
  RefusalGrounds,
  SmtpServerAnswer,
  SmtpServerInput,
  SmtpServerQuestion,
  SmtpTransport,
} from './server/types'
