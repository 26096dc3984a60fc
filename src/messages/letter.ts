import english from './en/letter'
import { topic } from './topic'

export const letterText = topic('letter', english)
