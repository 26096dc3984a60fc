import english from './en/glossPop3'
import { topic } from './topic'

export const glossPop3Text = topic('glossPop3', english)
