import english from './en/catalogueDns'
import { topic } from './topic'

export const catalogueDnsText = topic('catalogueDns', english)
