export { imapCatalogue } from './catalogue'
export { imapClient } from './client'
export type { FlagNews, ImapClientInput, ImapClientQuestion, ImapIntent } from './clientTypes'
export { type LegalCommand, legalCommands, type RefusedCommand, refusedCommands } from './legal'
export { newsFor, type Watcher } from './newsFor'
export { imapServer } from './server'
export type { ImapServerInput } from './serverContext'
export { answerImap } from './storeAnswers'
export type {
  ImapQuestion,
  LoginQuestion,
  MailboxChange,
  StoreAnswer,
  StoreQuestion,
} from './storeQuestions'
