import english from './en/catalogueImap'
import { topic } from './topic'

export const catalogueImapText = topic('catalogueImap', english)
