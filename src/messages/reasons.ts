import english from './en/reasons'
import { topic } from './topic'

export const reasonsText = topic('reasons', english)
