import english from './en/glossSmtp'
import { topic } from './topic'

export const glossSmtpText = topic('glossSmtp', english)
