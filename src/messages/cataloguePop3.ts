import english from './en/cataloguePop3'
import { topic } from './topic'

export const cataloguePop3Text = topic('cataloguePop3', english)
