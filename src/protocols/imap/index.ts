export { imapCatalogue } from './catalogue/catalogue'
export { imapClient } from './client/client'
export type { FlagNews, ImapClientAnswer, ImapClientInput, ImapClientQuestion, ImapIntent } from './client/types'
export { imapFields } from './searchFields'
export { legalCommands, refusedCommands, rehearsal } from './server/legal'
export { imapServer } from './server/server'
export type { ImapServerAnswer } from './server/types'
export { newsFor, type Watcher } from './session/newsFor'
export type { ImapServerInput } from './session/serverContext'
export { answerImap } from './store/storeAnswers'
export type {
  ImapQuestion,
  LoginQuestion,
  MailboxChange,
  StoreAnswer,
  StoreQuestion,
} from './store/storeQuestions'
