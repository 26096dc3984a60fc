import english from './en/catalogueTcp'
import { topic } from './topic'

export const catalogueTcpText = topic('catalogueTcp', english)
