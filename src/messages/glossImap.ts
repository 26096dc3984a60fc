import english from './en/glossImap'
import { topic } from './topic'

export const glossImapText = topic('glossImap', english)
