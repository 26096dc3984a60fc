export { imapServer } from './server'
export type { ImapServerInput } from './serverContext'
export { answerImap, type ImapQuestion, type LoginQuestion, type MailboxChange, type StoreAnswer, type StoreQuestion } from './storeAnswers'
