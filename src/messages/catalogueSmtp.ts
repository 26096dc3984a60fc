import english from './en/catalogueSmtp'
import { topic } from './topic'

export const catalogueSmtpText = topic('catalogueSmtp', english)
